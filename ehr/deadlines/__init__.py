"""Every open duty has an owner and a due time. A Deadline is the to-do that its owner sees in the inbox."""

from typing import TYPE_CHECKING

from ehr.deadlines.kinds import DeadlineKind, kind_of, register_kind
from ehr.deadlines.ladder import register_manager_of
from ehr.lib.lazy import exports

if TYPE_CHECKING:
    from ehr.deadlines.due import due_in
    from ehr.deadlines.models import Deadline
    from ehr.deadlines.operations import close, hand_over, move, open_deadline, open_many
    from ehr.deadlines.sweeping import sweep

__all__ = [
    "Deadline",
    "DeadlineKind",
    "close",
    "due_in",
    "hand_over",
    "kind_of",
    "move",
    "open_deadline",
    "open_many",
    "register_kind",
    "register_manager_of",
    "sweep",
]

__getattr__ = exports(
    __name__,
    {
        "Deadline": "ehr.deadlines.models",
        "close": "ehr.deadlines.operations",
        "due_in": "ehr.deadlines.due",
        "hand_over": "ehr.deadlines.operations",
        "move": "ehr.deadlines.operations",
        "open_deadline": "ehr.deadlines.operations",
        "open_many": "ehr.deadlines.operations",
        "sweep": "ehr.deadlines.sweeping",
    },
)

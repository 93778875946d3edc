"""What happened: one insert-only row per fact, which is audit, timeline and outbox at once."""

from typing import TYPE_CHECKING

from ehr.lib.facts import Fact
from ehr.lib.lazy import exports
from ehr.record.subscriptions import subscribe

if TYPE_CHECKING:
    from ehr.record.emitting import Emission, emit, emit_many, ref
    from ehr.record.models import Event
    from ehr.record.nudging import nudge
    from ehr.record.relay import deliver_all
    from ehr.record.timelines import timeline

__all__ = ["Emission", "Event", "Fact", "deliver_all", "emit", "emit_many", "nudge", "ref", "subscribe", "timeline"]

__getattr__ = exports(
    __name__,
    {
        "Emission": "ehr.record.emitting",
        "Event": "ehr.record.models",
        "deliver_all": "ehr.record.relay",
        "emit": "ehr.record.emitting",
        "emit_many": "ehr.record.emitting",
        "nudge": "ehr.record.nudging",
        "ref": "ehr.record.emitting",
        "timeline": "ehr.record.timelines",
    },
)

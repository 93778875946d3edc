from handover.operations.confirming import confirm_item, confirm_many, decide_item, refuse_others, return_item
from handover.operations.filling import add_item, attach_file, remove_file, save_draft, submit_item
from handover.operations.opening import (
    Opening,
    cancel_handover,
    move_handover,
    open_handover,
    open_handovers,
    release_handover,
)
from handover.operations.people import name_successor, replace_head
from handover.operations.signing import decide_handover, return_handover, sign_handover, state_complete
from handover.operations.templates import (
    ask_review,
    discard_draft,
    load_templates,
    open_draft,
    publish,
    publish_draft,
    put_item,
    remove_item,
    take_back,
)

__all__ = [
    "Opening",
    "add_item",
    "ask_review",
    "attach_file",
    "cancel_handover",
    "confirm_item",
    "confirm_many",
    "decide_handover",
    "decide_item",
    "discard_draft",
    "load_templates",
    "move_handover",
    "name_successor",
    "open_draft",
    "open_handover",
    "open_handovers",
    "publish",
    "publish_draft",
    "put_item",
    "refuse_others",
    "release_handover",
    "remove_file",
    "remove_item",
    "replace_head",
    "return_handover",
    "return_item",
    "save_draft",
    "sign_handover",
    "state_complete",
    "submit_item",
    "take_back",
]

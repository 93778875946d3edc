from handover.operations.confirming import confirm_item, confirm_many, decide_item, refuse_others, return_item
from handover.operations.filling import add_item, attach_file, remove_file, save_draft, submit_item
from handover.operations.opening import cancel_handover, move_handover, open_handover, release_handover
from handover.operations.people import name_successor, replace_head
from handover.operations.signing import decide_handover, return_handover, sign_handover, state_complete
from handover.operations.templates import load_templates, publish

__all__ = [
    "add_item",
    "attach_file",
    "cancel_handover",
    "confirm_item",
    "confirm_many",
    "decide_handover",
    "decide_item",
    "load_templates",
    "move_handover",
    "name_successor",
    "open_handover",
    "publish",
    "refuse_others",
    "release_handover",
    "remove_file",
    "replace_head",
    "return_handover",
    "return_item",
    "save_draft",
    "sign_handover",
    "state_complete",
    "submit_item",
]

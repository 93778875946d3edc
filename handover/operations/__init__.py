from handover.operations.asking import answer_question, ask_question, take_note
from handover.operations.confirming import (
    confirm_item,
    confirm_many,
    decide_item,
    refuse_others,
    return_item,
    witness_item,
)
from handover.operations.deducting import deduct, set_deduction_rule
from handover.operations.filling import (
    add_item,
    attach_file,
    explain_item,
    remove_file,
    save_draft,
    submit_item,
)
from handover.operations.looking_again import look_again, look_again_for
from handover.operations.omitting import file_omission
from handover.operations.opening import (
    Opening,
    cancel_handover,
    move_handover,
    open_handover,
    open_handovers,
    release_handover,
)
from handover.operations.people import leave_places, name_successor, name_witness, put_in_place
from handover.operations.reminding import Reminded, remind_people
from handover.operations.reporting import issue_report
from handover.operations.shadowing import call_off_shadowing, finish_shadowing, plan_shadowing
from handover.operations.signing import decide_handover, return_handover, sign_handover, state_complete
from handover.operations.talking import Upload, mark_seen, send_message, set_meeting_place, start_meeting
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
from handover.operations.transferring import (
    choose_taker,
    confirm_transfer,
    move_line,
    propose_transfer,
    run_transfers,
)

__all__ = [
    "Reminded",
    "remind_people",
    "issue_report",
    "take_note",
    "plan_shadowing",
    "finish_shadowing",
    "call_off_shadowing",
    "ask_question",
    "answer_question",
    "start_meeting",
    "set_meeting_place",
    "send_message",
    "mark_seen",
    "Upload",
    "name_witness",
    "file_omission",
    "explain_item",
    "witness_item",
    "Opening",
    "add_item",
    "ask_review",
    "attach_file",
    "cancel_handover",
    "choose_taker",
    "confirm_item",
    "confirm_many",
    "confirm_transfer",
    "decide_handover",
    "decide_item",
    "deduct",
    "discard_draft",
    "load_templates",
    "leave_places",
    "look_again",
    "look_again_for",
    "move_handover",
    "move_line",
    "name_successor",
    "open_draft",
    "open_handover",
    "open_handovers",
    "propose_transfer",
    "publish",
    "publish_draft",
    "put_in_place",
    "put_item",
    "refuse_others",
    "release_handover",
    "remove_file",
    "remove_item",
    "return_handover",
    "return_item",
    "run_transfers",
    "save_draft",
    "set_deduction_rule",
    "sign_handover",
    "state_complete",
    "submit_item",
    "take_back",
]

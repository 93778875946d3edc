from .after_exit import add_obligation_proof, finish_obligation
from .agreeing import change_dates, preview
from .answering import explain_finding, may_override, override_finding
from .approving import acknowledge_by_law
from .arrears import note_arrears
from .asking_law import LawAnswer, Question, ask_law, count_sending
from .batching import (
    Rehearsal,
    add_batch_evidence,
    check_batch,
    open_batch,
    refuse_unknown,
    rehearse_batch,
    submit_batch,
)
from .both_signed import Scan, sign_agreement, take_back_agreement
from .closing import close_if_finished, end_employment, end_now, issue_certificate
from .deciding import Choice, comment, decide, offered
from .default_chains import ensure_default_chain
from .delegating import delegate_while_away
from .disputing import DisputeFacts, follow_dispute, record_dispute
from .exporting import export_settlement, export_transfers, issue_sheet
from .filing import (
    SIGNS_NOTICE,
    acknowledge_due,
    amend_case,
    file_resignation,
    refuse_items,
    request_ending,
    send_signing_code,
    submit_case,
)
from .forgetting import contacts_of
from .keeping import keep_clock
from .letters import dispute_letter, record_letter, send_letter_again, strike_letter
from .many import Outcome, do_many
from .non_compete import (
    Clause,
    activate_non_compete,
    decide_non_compete,
    declare_compliance,
    end_non_compete,
    note_no_clause,
    waive_non_compete,
)
from .noticing import issue_notice
from .nudging import nudge
from .packing import ask_pack, make_pack, make_packs, take_pack
from .papering import issue_paper, paper_of, preview_paper, reissue_paper
from .paying import confirm_settlement, record_payment, return_settlement, submit_settlement
from .preparing import convert_case, prepare_exit, stand_down
from .proving import add_evidence
from .recounting import ask_recount, recount, recount_all
from .reference_import import RowReport, import_rows
from .reference_rows import (
    ask_reference,
    confirm_references,
    discard_reference,
    enter_row,
    load_shipped,
    return_reference,
)
from .reviewing import ask_review, draw_chain, publish, take_back
from .serving import Proof, Sending, follow_service, record_service, send_notice
from .settling import (
    add_pay_month,
    calculate_settlement,
    judge_ending,
    nothing_calculated,
    recalculate,
)
from .sourcing import add_source
from .telling import tell_in_person
from .told_outside import note_told
from .trying import Trial, try_chain
from .withdrawing import Consent, accept_retention, answer_withdrawal, cancel_case, record_retention, withdraw
from .working import add_proof, begin_track, fail_track, finish_track, progress_track, return_track, take_track

__all__ = [
    "SIGNS_NOTICE",
    "Choice",
    "Clause",
    "Consent",
    "DisputeFacts",
    "LawAnswer",
    "Outcome",
    "Proof",
    "Question",
    "Rehearsal",
    "Scan",
    "Sending",
    "RowReport",
    "Trial",
    "accept_retention",
    "activate_non_compete",
    "add_batch_evidence",
    "add_evidence",
    "add_obligation_proof",
    "add_pay_month",
    "add_proof",
    "add_source",
    "acknowledge_by_law",
    "acknowledge_due",
    "amend_case",
    "answer_withdrawal",
    "ask_law",
    "ask_pack",
    "ask_recount",
    "ask_reference",
    "ask_review",
    "begin_track",
    "calculate_settlement",
    "cancel_case",
    "change_dates",
    "check_batch",
    "close_if_finished",
    "comment",
    "confirm_references",
    "confirm_settlement",
    "contacts_of",
    "convert_case",
    "count_sending",
    "decide",
    "declare_compliance",
    "delegate_while_away",
    "draw_chain",
    "discard_reference",
    "dispute_letter",
    "do_many",
    "end_employment",
    "decide_non_compete",
    "end_non_compete",
    "end_now",
    "ensure_default_chain",
    "enter_row",
    "explain_finding",
    "export_settlement",
    "export_transfers",
    "fail_track",
    "file_resignation",
    "finish_obligation",
    "finish_track",
    "follow_dispute",
    "follow_service",
    "issue_certificate",
    "issue_notice",
    "issue_paper",
    "issue_sheet",
    "judge_ending",
    "import_rows",
    "keep_clock",
    "make_pack",
    "make_packs",
    "load_shipped",
    "may_override",
    "nothing_calculated",
    "note_told",
    "nudge",
    "offered",
    "override_finding",
    "prepare_exit",
    "paper_of",
    "preview",
    "preview_paper",
    "progress_track",
    "publish",
    "recalculate",
    "record_dispute",
    "record_letter",
    "record_payment",
    "recount",
    "recount_all",
    "record_retention",
    "record_service",
    "reissue_paper",
    "request_ending",
    "return_reference",
    "return_settlement",
    "return_track",
    "sign_agreement",
    "take_back_agreement",
    "send_letter_again",
    "send_notice",
    "strike_letter",
    "stand_down",
    "send_signing_code",
    "submit_case",
    "submit_settlement",
    "take_back",
    "take_pack",
    "take_track",
    "tell_in_person",
    "try_chain",
    "note_arrears",
    "note_no_clause",
    "waive_non_compete",
    "withdraw",
    "open_batch",
    "refuse_items",
    "refuse_unknown",
    "rehearse_batch",
    "submit_batch",
]

"""Codes of rules in words, at the edge (decisions 28)."""

import re
from collections.abc import Sequence

from django.utils.translation import gettext, gettext_lazy, gettext_noop

from .law_words import CODES, LINES, PAPERS, SERVICE_PROOFS
from .rules.gates import Finding

ACTIONS = {
    "submit": gettext_lazy("Submit"),
    "approve": gettext_lazy("Approve"),
    "acknowledge": gettext_lazy("Acknowledge"),
    "return": gettext_lazy("Return"),
    "return_for_changes": gettext_lazy("Return for changes"),
    "reject": gettext_lazy("Reject"),
    "delegate": gettext_lazy("Hand to a colleague"),
    "add_approver": gettext_lazy("Add a signer"),
    "withdraw": gettext_lazy("Withdraw"),
    "request_withdrawal": gettext_lazy("Ask to withdraw"),
    "cancel": gettext_lazy("Cancel the case"),
    "convert": gettext_lazy("Make it a formal case"),
    "stand_down": gettext_lazy("Stand down"),
    "change_dates": gettext_lazy("Move the dates"),
    "strike_letter": gettext_lazy("Recorded in error"),
    "record_retention": gettext_lazy("Try to keep"),
    "tell": gettext_lazy("Told in person"),
    "issue_notice": gettext_lazy("Issue the notice"),
    "record_service": gettext_lazy("Record service"),
    "sign_agreement": gettext_lazy("Agreement signed"),
    "take_back_agreement": gettext_lazy("Take back that both signed"),
    "export_evidence": gettext_lazy("Evidence pack"),
    "calculate": gettext_lazy("Calculate"),
    "confirm": gettext_lazy("Confirm"),
    "pay": gettext_lazy("Record the payment"),
    "export": gettext_lazy("Export"),
}
"""What people do about a case and its approval; what only the clock does has no word."""

FINDINGS = CODES | {
    "B_GROUND_NOT_LEGAL": gettext_noop(
        "The law does not allow this ground here: it is none for this kind of exit, or its day has not come."
    ),
    "B_LETTER_TOLD": gettext_noop("The person was told already."),
    "B_NO_LETTER": gettext_noop("There is no recorded letter to object to."),
    "B_BEFORE_HIRE": gettext_noop("The person was not employed yet on this day."),
    "B_NOTICE_KIND": gettext_noop("A letter is a resignation or a forced resignation, nothing else."),
    "B_ITEM_MISSING": gettext_noop("Say which item of art. 38 it is: one at least."),
    "B_ITEM_OUT_OF_PLACE": gettext_noop("The items of art. 38 belong to a forced resignation only."),
    "B_ARREARS_CHECKED": gettext_noop("The arrears were checked already."),
    "B_REASON_MISSING": gettext_noop("Write down the facts."),
    "B_DISCRIMINATION": gettext_noop("The law forbids this as a reason."),
    "B_RETALIATION": gettext_noop("A report, a claim or union work can't be a reason."),
    "B_PROBATION_RESTRICTED_21": gettext_noop("In probation only articles 39 and 40 (1), (2) may be used."),
    "B_PROBATION_EXPIRED": gettext_noop("Probation is over, so this ground can't be used."),
    "B_PROTECTED_42": gettext_noop("Protected by law: not possible on this ground. Please turn to legal."),
    "W_PROTECTED": gettext_noop("Protected by law: please turn to legal."),
    "B_NO_UNION_NOTICE": gettext_noop("The union must be told the reasons in writing first."),
    "B_NO_SERVICE_PROOF": gettext_noop("There is no proof that the notice reached the person."),
    "B_PUBLIC_TOO_EARLY": gettext_noop(
        "Public notice comes last: first show that handing over and the post have both failed, each with its proof."
    ),
    "B_BEFORE_SEAL": gettext_noop("The notice was not sealed on that day yet."),
    "B_BEFORE_SENDING": gettext_noop("This day is before the sending."),
    "B_NO_CONSENT": gettext_noop("There is no signed agreement."),
    "B_RENEWAL_UNPROVEN": gettext_noop(
        "Severance falls away only if both papers are on file: the offer of the same or better terms, and the refusal."
    ),
    "B_AGREEMENT_PAPER": gettext_noop("Add the scan of the signed agreement, or choose the one on file."),
    "B_AGREEMENT_OTHER_DAY": gettext_noop("The paper on file is of another day."),
    "B_AGREEMENT_BEFORE_REQUEST": gettext_noop("This day is before the request to end the employment."),
    "B_NOTICE_SHORT": gettext_noop("The notice period is not over and no pay in lieu was chosen."),
    "B_LAST_DAY_BEFORE_FILING": gettext_noop("The last working day is before the day of filing."),
    "B_WORK_AFTER_TERMINATION": gettext_noop("The last working day is after the termination date."),
    "B_PAID_SHORT_OF_LAST_DAY": gettext_noop("Wages must run at least to the last working day."),
    "B_DATE_TOO_FAR": gettext_noop("This day is more than five years away. Please check the year."),
    "B_NOT_OVERRIDABLE": gettext_noop("Nobody can let this pass."),
    "B_NO_SUCH_FINDING": gettext_noop("This was not found here, so there is nothing to answer."),
    "B_OWN_OVERRIDE": gettext_noop("Whoever asked for the ending can't let it pass as well."),
    "B_PAPER_UNKNOWN": gettext_noop("This paper is not on the checklist."),
    "B_FUTURE_DATE": gettext_noop("This day has not come yet."),
    "B_TOO_MANY_CHECKS": gettext_noop("That was much at once. Please go on in an hour."),
    "B_AGREED_ALONE": gettext_noop("The sum that both signed is the whole: leave empty what is given on top of it."),
    "B_CONSENT_IN_ADVANCE": gettext_noop("The consent was signed before there was an ending to agree to."),
    "B_AGREED_GROUND": gettext_noop("Only an agreement has a sum that both signed."),
    "B_OTHER_PAY_BASIS": gettext_noop("Name the sheet this pay is counted on."),
    "B_GIFT_REASON": gettext_noop("Write why more is paid than the law asks for."),
    "B_DEDUCTION_BASIS": gettext_noop("Name the clause of the contract or the paper this rests on."),
    "B_HANDOVER_OPEN": gettext_noop("Severance is paid when the handover is completed; it is still open."),
    "B_NO_EMPLOYER_ENDING": gettext_noop(
        "The employer ended nothing here: double severance answers an unlawful ending by the employer."
    ),
    "B_AGREEMENT_STANDS": gettext_noop(
        "What both signed holds and costs no double severance, unless it is void or was rescinded; say so if it is."
    ),
    "B_DATE_TO_COME": gettext_noop("This day has not come yet."),
    "wrong_state": gettext_noop("Not possible as things stand, such as another exit in process."),
    "to_legal": gettext_noop("Not possible like this. Please turn to legal."),
    "forbidden": gettext_noop("Not yours to ask for."),
    "B_REF_UNCONFIRMED": gettext_noop(
        "It rests on a figure of the law that two people have not confirmed yet; confirm the figure first."
    ),
    "B_REF_SAME": gettext_noop("Exactly this figure is there already."),
    "B_REF_CHOSEN": gettext_noop("Choose figures that still wait for a second person; nothing was confirmed."),
    "B_REF_SOURCE": gettext_noop("Name the notice or paper this figure stands in."),
    "B_REF_EMPTY": gettext_noop("This is needed."),
    "B_REF_NUMBER": gettext_noop("This is no number that can be here."),
    "B_REF_YEAR": gettext_noop("This is no year."),
    "B_REF_WORD": gettext_noop("This word is not one of those that can be here."),
    "B_REF_DATE": gettext_noop("A date such as 2026-07-01 is needed."),
    "B_REF_TABLE": gettext_noop("There is no such table."),
    "B_REF_BANDS": gettext_noop(
        "One band a line: up to, percent, quick deduction; the last has no end, and the tax must not jump."
    ),
    "B_REF_STEPS": gettext_noop("One step a line: working years, years here, months, counted within months."),
    "B_REF_LONG": gettext_noop("This is too long."),
    "B_CHAIN_EMPTY": gettext_noop("A chain needs at least one step."),
    "B_CHAIN_KIND": gettext_noop("There is no such kind of exit."),
    "B_NOTICE_CANNOT_BE_REJECTED": gettext_noop(
        "A resignation is a notice: it is acknowledged, never approved or rejected."
    ),
    "B_STEP_ACTION": gettext_noop("A step offers something this kind of exit does not know."),
    "B_STEP_CANNOT_PASS": gettext_noop("A step can't be passed: nobody may approve or acknowledge there."),
    "B_EVERY_STEP_CONDITIONAL": gettext_noop("Every step has a condition, so a case could pass without anybody."),
}

REMEDIES = {
    ("employer", "set_aside"): gettext_noop("The employer: ask the intermediate court to set the award aside"),
    ("person", "sue"): gettext_noop("The person: go to court"),
    ("either", "sue"): gettext_noop("Either side: go to court"),
    ("either", "appeal"): gettext_noop("Either side: appeal"),
}

GAPS = {
    "ground": gettext_noop("The ground of law is open."),
    "monthly_wage": gettext_noop("No monthly pay is on file. Put it into the person's file."),
    "leave_used": gettext_noop("Nobody has said how many days of leave were taken this year."),
    "leave_entitlement": gettext_noop(
        "The service here gives no leave yet, but work for others counts as well: enter the first day of work in the file, "
        "or the days of leave a year here."
    ),
    "pay_months": gettext_noop("The pay of these months is missing: {params}."),
    "average_wage": gettext_noop("There is no average wage for {params}. An administrator adds it to the figures."),
    "minimum_wage": gettext_noop("There is no minimum wage for {params}. An administrator adds it to the figures."),
}


def finding_words(code: str) -> str:
    """'B_MISSING_EVIDENCE:E_A|E_B' names its papers."""
    name, _, papers = code.partition(":")
    words = gettext(FINDINGS.get(name, name))
    return f"{words} {paper_words(papers)}" if papers else words


def refusal_words(finding: Finding) -> str:
    words = finding_words(finding.code)
    return f"{words} {gettext('Write down why it is done all the same.')}" if finding.needs_reason else words


def paper_words(need: str) -> str:
    """'E_A|E_B+E_C' → 'A / B + C'"""
    words = re.sub(r"\w+", lambda found: gettext(PAPERS.get(found[0], found[0])), need)
    return words.replace("|", " / ").replace("+", " + ")


def duty_words(kind: str, nth: int = 0) -> str:
    """'non_compete_pay', 3 → 'Non-compete pay · no. 3'. A kind of an older row stays as it is."""
    from .models import ObligationName

    name = str(dict(ObligationName.choices).get(kind, kind))
    return gettext("%(duty)s · no. %(nth)s") % {"duty": name, "nth": nth} if nth else name


def remedy_words(side: str, way: str) -> str:
    return gettext(REMEDIES[side, way])


def line_words(code: str) -> str:
    return gettext(LINES.get(code, code))


def gap_words(code: str, params: Sequence[str]) -> str:
    return gettext(GAPS[code]).format(params=", ".join(params))


def service_words(method: str, result: str) -> str:
    from .models import ServiceMethod, ServiceResult

    return f"{ServiceMethod(method).label} · {ServiceResult(result).label}"


def service_proof_words(proof: str) -> str:
    return gettext(SERVICE_PROOFS.get(proof, proof))


COLUMN_WORDS = {
    "stat_year": gettext_lazy("Year of the statistics"),
    "monthly": gettext_lazy("A month, in yuan"),
    "annual": gettext_lazy("A year, in yuan, where it was published"),
    "calibre": gettext_lazy("Used for"),
    "monthly_paid_days": gettext_lazy("Paid days of a month"),
    "category": gettext_lazy("Category"),
    "base_years": gettext_lazy("Age before the reform"),
    "step": gettext_lazy("Months of birth per month of delay"),
    "max_delay": gettext_lazy("Longest delay, in months"),
    "rows": gettext_lazy("The whole set of that day"),
    "practice": gettext_lazy("When the second term ends"),
    "overtime": gettext_lazy("Overtime pay"),
    "old_service": gettext_lazy("Service before 2008"),
}
CALIBRE_WORDS = {
    "severance_and_tax": gettext_lazy("Severance and tax"),
    "social_insurance": gettext_lazy("Social insurance only"),
}
OVERTIME_WORDS = {
    "counts": gettext_lazy("Counts in the average wage"),
    "left_out": gettext_lazy("Left out of the average wage"),
}
OLD_SERVICE_WORDS = {
    "split": gettext_lazy("By the rules of that time"),
    "through": gettext_lazy("Counted through by the law of today"),
}
PRACTICE_WORDS = {
    "blocks": gettext_lazy("An open-ended contract is due, so it can't simply end"),
    "warns": gettext_lazy("It may end, with a written reason"),
}

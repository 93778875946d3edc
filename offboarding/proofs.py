"""The proofs of an employer's ending in the order the law wants them: the bar on top of the case page."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from ehr.templatetags.words import short_day

from .models import Case, Track
from .operations.union_answers import answer_due
from .rules.compliance.union import ANSWER, OBJECTION, waits_for_answer
from .rules.kinds import Kind, rule
from .rules.progress import Milestones, label


@dataclass(frozen=True, kw_only=True)
class Proof:
    title: str
    day: date | datetime | None = None
    hint: str = ""
    is_late: bool = False

    @property
    def state(self) -> str:
        return "done" if self.day else "bad" if self.is_late else ""

    @property
    def icon(self) -> str:
        return {"done": "check", "bad": "alert-triangle"}.get(self.state, "circle-dashed")

    @property
    def small(self) -> str:
        return short_day(self.day) if self.day else self.hint or "—"


def proofs(case: Any, tracks: list[Track], *, at: datetime) -> list[Proof]:
    """Empty where the ending needs none."""
    if not rule(case.kind).needs_effect_gate:
        return []
    between = _agreement(case) if case.kind == Kind.MUTUAL_AGREEMENT else _one_sided(case, tracks, at)
    return [Proof(title=_("Decided"), day=case.approved_at), *between, _effect(case)]


STEP_WORDS = {
    "draft": gettext_noop("Being prepared"),
    "checked": gettext_noop("Checked and sent"),
    "approved": gettext_noop("Decided on"),
    "union_notified": gettext_noop("Union told"),
    "issued": gettext_noop("Notice issued"),
    "delivered": gettext_noop("Notice served"),
    "effective": gettext_noop("In effect"),
    "settled": gettext_noop("Paid out"),
    "closed": gettext_noop("Closed"),
}


def step_word(case: Any, tracks: list[Track]) -> str:
    """Which of the nine steps of an employer's ending was reached last (decisions 8)."""
    if not rule(case.kind).needs_effect_gate or not (case.is_live or case.state == "closed"):
        return ""
    done = {track.kind for track in tracks if track.state == "done"}
    reached = Milestones(
        submitted=case.filed_at is not None,
        approved=case.approved_at is not None,
        union_notified="union_notice" in done,
        issued=case.notice_issued_at is not None,
        delivered=case.delivered_date is not None or case.agreement_signed_at is not None,
        ended=case.employment_ended_at is not None,
        settled=case.employment_ended_at is not None and "settlement" in done,
        closed=case.state == "closed",
    )
    step = label(reached)
    if step == "delivered" and case.kind == Kind.MUTUAL_AGREEMENT:
        return _("Agreement signed")  # nothing was served
    return _(STEP_WORDS[step])


def steps_ahead() -> list[Proof]:
    """Before anything was sent: the same order, all still to come."""
    titles = (_("Decided"), _("Union"), _("Notice"), _("Served"), _("Takes effect"))
    return [Proof(title=title) for title in titles]


def _one_sided(case: Any, tracks: list[Track], at: datetime) -> list[Proof]:
    union = next((track for track in tracks if track.kind == "union_notice"), None)
    told = union.moved_at if union and union.state == "done" else None
    is_late = union is not None and told is None and union.due_at < at
    has_none = union is None and bool(tracks)
    first = Proof(title=_("Union"), day=told, hint=short_day(union.due_at) if union else "", is_late=is_late)
    return [
        *([] if has_none else [first]),
        *_answer_to_union(case, at),
        Proof(title=_("Notice"), day=case.notice_issued_at, hint=_("To be sealed") if case.notice_prepared_at else ""),
        Proof(title=_("Served"), day=case.delivered_date, is_late=_is_over(case, case.delivered_date, at)),
    ]


def _answer_to_union(case: Any, at: datetime) -> list[Proof]:
    """Only where it objects."""
    objected, answered = case.union_objected_on, case.union_answered_on
    if objected is None:
        return []
    is_open = waits_for_answer({OBJECTION: objected, ANSWER: answered})
    due_at = answer_due(objected)
    title, day = _("Answer to the union"), None if is_open else answered
    return [Proof(title=title, day=day, hint=short_day(due_at), is_late=is_open and due_at < at)]


def _agreement(case: Any) -> list[Proof]:
    return [Proof(title=_("Agreement signed"), day=case.agreement_signed_at)]


def _effect(case: Case) -> Proof:
    ended = case.termination_date if case.employment_ended_at else None
    return Proof(title=_("Takes effect"), day=ended, hint=short_day(case.termination_date))


def _is_over(case: Case, proof: Any, at: datetime) -> bool:
    """The day has passed without it, so the ending did not take effect."""
    from ehr.clock import LEGAL_ZONE

    today = at.astimezone(LEGAL_ZONE).date()
    return proof is None and case.termination_date is not None and case.termination_date < today

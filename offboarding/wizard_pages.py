"""From the steps of the wizard to what its templates draw."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ehr.lib.money import yuan
from ehr.statutes import citations
from ehr.templatetags.words import short_day

from .law_forms import AnswerForm
from .models import GroundName
from .operations import LawAnswer
from .queries.law_page import FindingRow, PaperRow
from .queries.wizard_page import WizardPage
from .rules import wizard
from .rules.compliance.codes import Gate, Verdict, may_be_overridden
from .rules.gates import PROTECTED_WARNING, Finding
from .rules.grounds import GROUNDS
from .rules.kinds import rule
from .rules.lifecycle import TABLE, Action
from .rules.wizard import WizardStep
from .words import finding_words, gap_words, line_words, paper_words

LEAVE_LEFT_OUT = gettext_lazy("Leave not taken is left out: nobody has said how much was taken this year.")
TONES = {"block": ("bad", "hand-stop"), "warn": ("warn", "alert-triangle"), "advice": ("plan", "info-circle")}


def shown(page: WizardPage) -> dict[str, Any]:
    kind = page.case.kind
    back = wizard.before(page.step, kind)
    return {
        "steps": [_step(page, step) for step in wizard.steps_of(kind)],
        "next_url": f"{page.case.url}wizard/{wizard.after(page.step, kind)}/",
        "back_url": f"{page.case.url}wizard/{back}/" if back else "",
        "ground": _ground(page.case.ground),
        "stopping": [_finding(page, row) for row in page.law.stopping],
        **_MORE.get(page.step, lambda page: {})(page),
    }


def step_words() -> dict[str, str]:
    return {
        WizardStep.FACTS: _("The facts"),
        WizardStep.GROUND: _("Ground"),
        WizardStep.EVIDENCE: _("Evidence"),
        WizardStep.CHECK: _("Law check"),
        WizardStep.UNION: _("Union"),
        WizardStep.DATES: _("Dates"),
        WizardStep.MONEY: _("Money"),
        WizardStep.SUMMARY: _("Summary"),
    }


def _step(page: WizardPage, step: WizardStep) -> dict[str, str]:
    is_here, is_settled = step is page.step, wizard.is_settled(step, page.drafted)
    state = "current" if is_here else "done" if is_settled else ""
    label = step_words()[step]
    if not wizard.applies(step, page.drafted):
        label = _("%(step)s (does not apply)") % {"step": label}
    return {"label": label, "state": state, "href": f"{page.case.url}wizard/{step}/"}


def _ground(name: str) -> dict[str, Any]:
    if name not in GROUNDS:
        return {}
    return {"name": name, "words": GroundName(name).label, "articles": citations(GROUNDS[name].article)}


INJURY = 2


def _grounds(page: WizardPage) -> dict[str, Any]:
    return {"suggested": [_ground(name) for name in page.suggested]}


def _papers(page: WizardPage) -> dict[str, Any]:
    rows = [paper_shown(row) for row in page.law.papers]
    met = sum(1 for row in page.law.papers if row.is_must and row.is_met)
    return {"papers": rows, "met": met, "must": sum(1 for row in page.law.papers if row.is_must)}


def paper_shown(row: PaperRow) -> dict[str, Any]:
    state = "done" if row.is_met else "" if row.comes_later or not row.is_must else "bad"
    return {
        "title": paper_words(row.need),
        "state": state,
        "icon": {"done": "check", "bad": "alert-triangle"}.get(state, "circle-dashed"),
        "is_must": row.is_must,
        "if_it_applies": row.if_it_applies,
        "word": _paper_word(row),
        "is_met": row.is_met,
        "wrong_day": _wrong_day(row),
        "tone": "ok" if row.is_met else "bad" if state == "bad" else "idle",
        "files": row.files,
        "choices": [{"paper": paper, "title": paper_words(paper)} for paper in row.papers],
        "key": row.papers[0],
        "day": short_day(row.files[-1].dated) if row.files else "",
    }


def _paper_word(row: PaperRow) -> str:
    if row.is_met:
        return _("There")
    if row.files:
        return _("Wrong day")
    if row.if_it_applies:
        return _("Where it applies")
    return _("Later") if row.comes_later else _("Missing")


def _wrong_day(row: PaperRow) -> str:
    """A paper that is there and yet proves nothing."""
    if row.is_met or not row.files:
        return ""
    if not row.follows:
        return _("The day of this paper lies outside the time it has to come from.")
    return _("Its day has to come after: %(papers)s.") % {"papers": _(", ").join(map(paper_words, row.follows))}


def _check(page: WizardPage) -> dict[str, Any]:
    gates = {
        Gate.SUBMIT: _("Before it is sent"),
        Gate.ISSUE: _("Before the notice is issued"),
        Gate.EFFECT: _("Before it takes effect"),
    }
    groups = [
        {"title": title, "key": gate.value, "findings": [_finding(page, row) for row in page.law.at(gate)]}
        for gate, title in gates.items()
    ]
    items = [finding_words(f"B_PROTECTED_42_{item}") for item in page.protections or ()]
    items += [finding_words("W_WORK_INJURY_LUMP")] if INJURY in (page.protections or ()) else []
    return {"groups": [group for group in groups if group["findings"]], "protection_items": items}


def _finding(page: WizardPage, row: FindingRow) -> dict[str, Any]:
    tone, icon = ("ok", "circle-check") if row.answer else TONES[row.level]
    return {
        "row": row,
        "tone": tone,
        "icon": icon,
        "title": _title(page, row),
        "articles": citations(row.article),
        "level": {"block": _("Stops it"), "warn": _("Needs a reason"), "advice": _("Advice")}[row.level],
        "form": _answer_form(page, row),
        "is_override": row.level == "block",
    }


def _title(page: WizardPage, row: FindingRow) -> str:
    if row.code == "B_GROUND_NOT_LEGAL" and not page.case.ground:
        return _("No ground of the law is chosen yet.")
    return finding_words(row.code)


def _answer_form(page: WizardPage, row: FindingRow) -> AnswerForm | None:
    """Only where this reader may answer this finding now."""
    if not row.stops or page.case.state not in TABLE[Action.ANSWER_FINDING].sources:
        return None
    if row.level == "block":
        can = page.can_override and may_be_overridden(row.code)
    else:
        can = page.protections is not None if row.code == PROTECTED_WARNING else page.can_explain
    given = {"gate": row.gate, "code": row.code, "override": row.level == "block"}
    return AnswerForm(initial=given, auto_id=f"{row.gate}-{row.code}-%s") if can else None


def _days(page: WizardPage) -> dict[str, Any]:
    found = page.law.at(Gate.EFFECT) if page.last_day else []
    short = [_finding(page, row) for row in found if row.code.endswith("NOTICE_SHORT")]
    is_served = rule(page.case.kind).needs_effect_gate
    return {"runs_out": page.runs_out, "earliest": page.law.earliest if is_served else None, "short": short}


def _money(page: WizardPage) -> dict[str, Any]:
    money = page.money
    if money is None:
        return {"sees_pay": page.sees_pay}
    return {
        "lines": [
            {
                "title": line_words(line.code),
                "formula": line.formula,
                "articles": citations(line.article),
                "amount": None if line.amount is None else yuan(line.amount),
            }
            for line in money.lines
        ],
        "total": money.pay.total,
        "damages": money.damages,
        "hints": [*map(finding_words, money.pay.codes), *([LEAVE_LEFT_OUT] if money.leaves_out_leave else [])],
        "gaps": [gap_words(gap.code, gap.params) for gap in money.pay.gaps],
    }


def _summary(page: WizardPage) -> dict[str, Any]:
    return {"rows": list(_rows(page)), **_money(page)}


def _rows(page: WizardPage) -> Iterator[dict[str, Any]]:
    day = short_day(page.last_day) if page.last_day else "—"
    yield _row(_("At once"), _("The chain decides, one working day for each step"), _("Approvers"))
    if page.union_matters:
        told = _("The union is told the reasons in writing and answers")
        yield _row(_("Decided + 2 working days"), told, _("HR manager"), "LCL 43")
    if rule(page.case.kind).needs_effect_gate:
        yield _row(_("Then"), _("The notice is sealed and served, or the agreement signed"), _("HR"), "CC 137")
    yield _row(day, _("Last working day: access ends at 18:00"), _("System"))
    yield _row(day, _("Wages in one sum, handover or not"), _("Finance"), "WPR 9")
    yield _row(day, _("Certificate of employment, four facts and no more"), _("System"), "LCL 50, REG 24")
    if page.transfer_until:
        until = _("by %(day)s") % {"day": short_day(page.transfer_until)}
        yield _row(until, _("Social insurance and file are transferred"), _("HR"), "LCL 50(1)")
    if page.case.ground in GROUNDS and GROUNDS[page.case.ground].severance:
        yield _row(_("Handover done"), _("Severance is paid"), _("Finance"), "LCL 50(2)")


def _row(when: str, what: str, who: str, article: str = "") -> dict[str, Any]:
    return {"when": when, "what": what, "who": who, "articles": citations(article)}


def answers_shown(answers: list[LawAnswer]) -> list[dict[str, Any]]:
    tones = {Verdict.PASS: "ok", Verdict.WARN: "warn", Verdict.BLOCK: "bad"}
    words = {Verdict.PASS: _("Possible"), Verdict.WARN: _("Needs a reason"), Verdict.BLOCK: _("Not possible")}
    return [
        {
            "employment": answer.employment,
            "tone": tones[answer.verdict],
            "word": words[answer.verdict],
            "earliest": answer.earliest,
            "in_the_way": [_found(each) for each in answer.in_the_way],
            "to_do": [_found(each) for each in answer.to_do],
        }
        for answer in answers
    ]


def _found(finding: Finding) -> dict[str, Any]:
    articles = citations(finding.article)
    return {"title": finding_words(finding.code), "articles": articles, "code": finding.code}


_MORE = {
    WizardStep.GROUND: _grounds,
    WizardStep.EVIDENCE: _papers,
    WizardStep.CHECK: _check,
    WizardStep.DATES: _days,
    WizardStep.MONEY: _money,
    WizardStep.SUMMARY: _summary,
}

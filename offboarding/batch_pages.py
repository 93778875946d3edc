"""A list of endings in words: what each row says, and what all of them come to together."""

from typing import Any

from django.utils.translation import gettext as _

from ehr.statutes import citations
from ehr.units.models import LegalEntity

from .models import BatchLine
from .operations.batching import Rehearsal, Rehearsed, kept
from .queries.batches import BatchPage
from .rules.compliance.codes import Gate
from .rules.compliance.layoff import THRESHOLD_COUNT, MassLayoff
from .words import finding_words

TONES = {"block": ("bad", "hand-stop"), "warn": ("warn", "alert-triangle"), "advice": ("idle", "info-circle")}


def rehearsal_shown(rehearsal: Rehearsal) -> dict[str, Any]:
    return {
        "rows": [_rehearsed(row) for row in rehearsal.rows],
        "layoffs": _layoffs(rehearsal.layoffs),
        "can_open": rehearsal.can_open,
        "passing": sum(1 for row in rehearsal.rows if not _stops(row)),
    }


def batch_shown(page: BatchPage) -> dict[str, Any]:
    return {
        "rows": [_line(line) for line in page.lines],
        "layoffs": _layoffs(page.layoffs),
        "drafts": len(page.drafts),
        "passing": sum(1 for line in page.drafts if not any(_stops_submit(each) for each in line.found)),
    }


def _rehearsed(row: Rehearsed) -> dict[str, Any]:
    found = [kept(each) for each in row.findings]
    if row.told.code:
        word, tone = _("Can't be opened"), "bad"
    else:
        word, tone = (_("Stopped as it is"), "warn") if _stops(row) else (_("Can be sent"), "ok")
    told = {"code": row.told.code, "words": row.told.detail or finding_words(row.told.code)} if row.told.code else {}
    return {"employment": row.employment, "word": word, "tone": tone, "told": told, "gates": _by_gate(found)}


def _stops(row: Rehearsed) -> bool:
    return bool(row.told.code) or any(_stops_submit(kept(each)) for each in row.findings)


def _stops_submit(found: dict[str, Any]) -> bool:
    return bool(found["stops"]) and found["gate"] == Gate.SUBMIT


def _line(line: BatchLine) -> dict[str, Any]:
    word, tone = _standing(line)
    told = {"code": line.code, "words": finding_words(line.code), "articles": citations(line.article)}
    others = [each for each in line.found if each["code"] != line.code]
    return {
        "line": line,
        "employment": line.case.employment,
        "case": line.case,
        "word": word,
        "tone": tone,
        "told": told if line.code and line.is_draft else {},
        "gates": _by_gate(others) if line.is_draft else [],
    }


def _standing(line: BatchLine) -> tuple[str, str]:
    if not line.is_draft:
        return str(line.case.get_state_display()), "ok" if line.case.is_live else "idle"
    if line.code:
        return _("Refused"), "bad"
    return (_("Stopped as it is"), "warn") if any(map(_stops_submit, line.found)) else (_("Can be sent"), "ok")


def _by_gate(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    titles = {
        Gate.SUBMIT: _("Before it is sent"),
        Gate.ISSUE: _("Before the notice is issued"),
        Gate.EFFECT: _("Before it takes effect"),
    }
    groups = [
        {"title": title, "findings": [_finding(each) for each in found if each["gate"] == gate]}
        for gate, title in titles.items()
    ]
    return [group for group in groups if group["findings"]]


def _finding(each: dict[str, Any]) -> dict[str, Any]:
    tone, icon = TONES[each["level"]] if each["stops"] or each["level"] == "advice" else ("ok", "circle-check")
    return {
        "title": finding_words(each["code"]),
        "code": each["code"],
        "articles": citations(each["article"]),
        "tone": tone,
        "icon": icon,
    }


def _layoffs(found: dict[str, MassLayoff]) -> list[dict[str, Any]]:
    names = {str(pk): name for pk, name in LegalEntity.objects.filter(pk__in=found).values_list("pk", "name")}
    return [_layoff(names[entity], mass) for entity, mass in found.items()]


def _layoff(name: str, mass: MassLayoff) -> dict[str, Any]:
    tone = "bad" if any(code.startswith("B_") for code in mass.codes) else "warn" if mass.codes else "ok"
    words = [finding_words(code) for code in (*mass.codes, *mass.advice)]
    return {"name": name, "mass": mass, "tone": tone, "words": words, "threshold": THRESHOLD_COUNT}

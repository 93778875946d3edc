"""Words of a settlement for templates."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from .. import figures, words
from ..models import PayWhen, SettlementCause
from ..rules.compliance.payable import When
from ..rules.compliance.rows import Row

register = template.Library()

EXPLAINED = {
    "service_years": gettext_noop(
        "From the first day of work to the last, both counted; six months and more are a year."
    ),
    "average_wage": gettext_noop("Gross pay of the twelve months before the end, before tax."),
    "minimum_wage": gettext_noop("The average is not under it, or else raised to it."),
    "cap": gettext_noop("Above three times the local average both limits hold: this base and twelve years."),
    "uncapped": gettext_noop("The limit is a cliff: one cent less of average pay would give this."),
    "severance": gettext_noop("The base for each year of service, or what both signed."),
    "statutory_severance": gettext_noop("What the law would give; both signed for less."),
    "damages": gettext_noop("In the place of severance and notice pay; the person may ask to go on working instead."),
    "severance_tax": gettext_noop("Free up to three times the yearly average; the rest is taxed alone."),
}
TONES = {
    "draft": "plan",
    "submitted": "plan",
    "confirmed": "ok",
    "paid": "ok",
    "superseded": "idle",
}

FIGURE_TONES = {"draft": "plan", "unconfirmed": "warn", "confirmed": "ok", "demo": "warn", "superseded": "idle"}


@register.filter
def line_word(code: str) -> str:
    return words.line_words(code)


@register.filter
def line_help(code: str) -> str:
    return _(EXPLAINED[code]) if code in EXPLAINED else ""


@register.filter
def calibre_word(calibre: str) -> str:
    """Which of the two series of one city and day it is."""
    return str(words.CALIBRE_WORDS[calibre])


@register.filter
def finding_word(code: str) -> str:
    return words.finding_words(code)


@register.filter
def gap_word(gap: dict[str, Any]) -> str:
    return words.gap_words(gap["code"], gap["params"])


@register.filter
def rows_of(row_ids: str, known: Mapping[str, Row]) -> list[str]:
    return figures.row_words(row_ids, known)


@register.filter
def when_word(when: str) -> str:
    return str(PayWhen(when).label)


@register.simple_tag
def when_of(when: str, case: Any) -> Any:
    """The day itself where it is known."""
    return case.termination_date if when == When.LAST_DAY else None


@register.filter
def cause_word(cause: str) -> str:
    return str(SettlementCause(cause).label)


@register.filter
def settlement_tone(state: str) -> str:
    return TONES[state]


@register.filter
def figure(row: Any) -> str:
    return figures.figure_words(row)


@register.filter
def figure_values(row: Any) -> list[tuple[str, str]]:
    return figures.values_words(row)


@register.filter
def figure_tone(status: str) -> str:
    return FIGURE_TONES[status]

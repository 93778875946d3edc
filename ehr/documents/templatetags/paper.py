"""How a paper writes dates, times and money: a legal one in Chinese and in the English below it, a report in its one
language. Always Beijing time."""

from datetime import date, datetime
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from ehr.clock import LEGAL_ZONE
from ehr.documents.languages import ENGLISH, language_of_reader
from ehr.lib.money import in_capitals, in_figures

register = template.Library()


@register.filter
def on_paper(value: Any) -> SafeString | str:
    """2026年3月14日, never broken over two lines."""
    day = _day(value)
    return format_html('<span class="nb">{}</span>', f"{day.year}年{day.month}月{day.day}日") if day else ""


@register.filter
def in_english(value: Any) -> str:
    day = _day(value)
    return f"{day.day} {day:%B %Y}" if day else ""


@register.filter
def time_on_paper(value: Any) -> SafeString | str:
    if not value:
        return ""
    at = _instant(value).astimezone(LEGAL_ZONE)
    return format_html('<span class="nb">{}</span>', f"{at.year}年{at.month}月{at.day}日 {at:%H:%M}")


@register.filter
def time_in_english(value: Any) -> str:
    return f"{in_english(value)}, {_instant(value).astimezone(LEGAL_ZONE):%H:%M}" if value else ""


@register.filter
def day(value: Any) -> SafeString | str:
    """A day in the language the paper is set in."""
    return in_english(value) if language_of_reader() == ENGLISH else on_paper(value)


@register.filter
def moment(value: Any) -> SafeString | str:
    return time_in_english(value) if language_of_reader() == ENGLISH else time_on_paper(value)


@register.filter
def in_brackets(value: Any) -> SafeString:
    return format_html(" ({})" if language_of_reader() == ENGLISH else "（{}）", value)


@register.simple_tag(takes_context=True)
def both(context: Any, chinese: str, english: str = "") -> SafeString | str:
    """The words of a form or a table; on a bilingual paper with the English below or beside them."""
    if not english or not context.get("bilingual"):
        return chinese
    return format_html('{} <span lang="en" class="en">{}</span>', chinese, english)


@register.filter
def yuan(value: Any) -> str:
    return in_figures(str(value))


@register.filter
def capitals(value: Any) -> str:
    return in_capitals(str(value))


def _day(value: Any) -> date | None:
    if not value:
        return None
    if isinstance(value, str):
        return date.fromisoformat(value) if len(value) == 10 else _instant(value).astimezone(LEGAL_ZONE).date()
    return value.astimezone(LEGAL_ZONE).date() if isinstance(value, datetime) else value


def _instant(value: Any) -> datetime:
    return datetime.fromisoformat(value) if isinstance(value, str) else value

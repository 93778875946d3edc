"""Dates, money and names the way people say them: {{ x|day }} 11月24日 周二, {% when x %} 今天 15:30, {{ x|money }}."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zlib import crc32

from django import template
from django.template.context import Context
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from ehr import clock, statutes

register = template.Library()

WEEKDAYS = "一二三四五六日"
HUES = 6


def _is_chinese() -> bool:
    return (get_language() or "zh").startswith("zh")


def _civil(value: date | datetime) -> date:
    return timezone.localtime(value).date() if isinstance(value, datetime) else value


def _moment(value: date | datetime) -> str:
    return timezone.localtime(value).strftime("%H:%M") if isinstance(value, datetime) else ""


@register.filter
def weekday(value: date | datetime | None) -> str:
    if not value:
        return ""
    day_of = _civil(value)
    return f"周{WEEKDAYS[day_of.weekday()]}" if _is_chinese() else day_of.strftime("%a")


@register.filter
def short_day(value: date | datetime | None) -> str:
    """11月24日; with the year when it isn't this one."""
    if not value:
        return ""
    day_of = _civil(value)
    this_year = day_of.year == timezone.localdate().year
    if _is_chinese():
        return f"{'' if this_year else f'{day_of.year}年'}{day_of.month}月{day_of.day}日"
    return f"{day_of.day} {day_of:%b}{'' if this_year else f' {day_of.year}'}"


@register.filter
def day(value: date | datetime | None) -> str:
    """11月24日 周二"""
    return f"{short_day(value)} {weekday(value)}" if value else "—"


@register.filter
def moment(value: datetime | None) -> str:
    """11月24日 周二 18:00"""
    return f"{day(value)} {_moment(value)}".strip() if value else "—"


def spoken(value: date | datetime | None, *, today: date) -> str:
    """Near today in words, further away as a date."""
    if not value:
        return "—"
    near = {-1: gettext("Yesterday"), 0: gettext("Today"), 1: gettext("Tomorrow")}
    distance = (_civil(value) - today).days
    if distance in near:
        return f"{near[distance]} {_moment(value)}".strip()
    if 1 < distance < 7 and _civil(value).isocalendar().week == today.isocalendar().week:
        return f"{weekday(value)} {_moment(value)}".strip()
    return f"{short_day(value)} {_moment(value)}".strip()


@register.simple_tag(takes_context=True)
def when(context: Context, value: date | datetime | None) -> SafeString | str:
    """{% when case.filed_at %} → <time datetime="…">今天 15:30</time>"""
    if not value:
        return "—"
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), spoken(value, today=_today(context)))


def _today(context: Context) -> date:
    """The clock is read once for a page."""
    request = context.get("request")
    if request is None:
        return clock.today()
    if not hasattr(request, "page_today"):
        request.page_today = clock.today()
    return request.page_today  # type: ignore[no-any-return]


@register.simple_tag(takes_context=True)
def days_until(context: Context, value: date | datetime | None) -> int | None:
    return (_civil(value) - _today(context)).days if value else None


@register.filter
def duration(value: timedelta | None) -> str:
    """5 小时, 2 天"""
    if value is None:
        return "—"
    minutes = int(abs(value.total_seconds()) // 60)
    for size, word in ((1440, gettext("{n} d")), (60, gettext("{n} h"))):
        if minutes >= size:
            return word.format(n=minutes // size)
    return gettext("{n} min").format(n=minutes)


# --- Amounts ----------------------------------------------------------------------------------------------


@register.filter
def amount(value: Decimal | int | str | None) -> str:
    """37,302.00"""
    return "—" if value in (None, "") else f"{Decimal(str(value)):,.2f}"


@register.filter
def money(value: Decimal | int | str | None) -> str:
    """37,302.00 元"""
    return "—" if value in (None, "") else gettext("{amount} yuan").format(amount=amount(value))


@register.filter
def percent(value: float | Decimal | None, digits: int = 0) -> str:
    """0.6231 → 62%"""
    return "—" if value is None else f"{float(value) * 100:.{digits}f}%"


@register.filter
def share(part: Any, whole: Any) -> int:
    """3|share:12 → 25, for a ring or a bar."""
    return round(100 * float(part) / float(whole)) if whole else 0


# --- People -----------------------------------------------------------------------------------------------


@register.filter
def initials(name: Any) -> str:
    """The given name of a Chinese name (周远航 → 远航), the first letters of another."""
    text = str(name or "").strip()
    if not text:
        return ""
    if text.isascii():
        return "".join(word[0] for word in text.replace(".", " ").split()[:2]).upper()
    return text[-2:]


@register.filter
def hue(name: Any) -> int:
    """1…6, always the same for the same name."""
    return crc32(str(name or "").encode()) % HUES + 1


@register.filter
def cited(articles: str) -> str:
    """'LCL 50' → 《劳动合同法》第50条"""
    return statutes.cited(articles)

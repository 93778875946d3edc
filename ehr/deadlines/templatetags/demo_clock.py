"""{% demo_clock %}: the strip that shows the demo's time and puts it forward; nothing outside a demo. And a filter."""

from datetime import datetime
from typing import Any

from django import template
from django.template.context import Context

from ehr.deadlines import demo_clock as clocks

register = template.Library()


@register.filter
def as_shown(instant: datetime | None) -> datetime | None:
    """What the machine's clock wrote down, as the product's clock showed it."""
    return clocks.as_shown(instant) if instant else None


@register.inclusion_tag("deadlines/_demo_clock.html", takes_context=True)
def demo_clock(context: Context) -> dict[str, Any]:
    request = context.get("request")
    if request is None or not request.user.is_authenticated:
        return {}
    return {**clocks.shown(), "request": request, "csrf_token": context.get("csrf_token")}

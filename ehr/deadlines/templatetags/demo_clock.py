"""{% demo_clock %}: the strip that shows the demo's time and puts it forward; nothing outside a demo."""

from typing import Any

from django import template
from django.template.context import Context

from ehr.deadlines import demo_clock as clocks

register = template.Library()


@register.inclusion_tag("deadlines/_demo_clock.html", takes_context=True)
def demo_clock(context: Context) -> dict[str, Any]:
    request = context.get("request")
    if request is None or not request.user.is_authenticated:
        return {}
    return {**clocks.shown(), "request": request, "csrf_token": context.get("csrf_token")}

from typing import Any

from django import template
from django.template.context import Context

from ehr import access, panels

register = template.Library()


@register.inclusion_tag("components/panels.html", takes_context=True, name="panels")
def panels_of(context: Context, page: str, obj: Any = None) -> dict[str, Any]:
    """{% panels "offboarding.case" case %}: each panel the reader may see, drawn or as a slot that htmx fills."""
    request = context["request"]
    allowed = [panel for panel in panels.of_page(page) if _is_for(panel, request.user, obj)]
    slots = [(panel, panel.url(obj), panel.drawn(request, obj) if panel.drawn else "") for panel in allowed]
    return {"slots": slots, "obj": obj}


def _is_for(panel: panels.Panel, reader: Any, obj: Any) -> bool:
    if panel.permission is not None and not access.has(reader, panel.permission):
        return False
    return panel.is_for is None or panel.is_for(reader, obj)

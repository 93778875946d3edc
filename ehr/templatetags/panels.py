from typing import Any

from django import template
from django.template.context import Context

from ehr import access, panels

register = template.Library()


@register.inclusion_tag("components/panels.html", takes_context=True, name="panels")
def panels_of(context: Context, page: str, obj: Any = None) -> dict[str, Any]:
    """{% panels "offboarding.case" case %}: an htmx slot for each panel the reader may see."""
    user = context["request"].user
    allowed = [
        panel for panel in panels.of_page(page) if panel.permission is None or access.has(user, panel.permission)
    ]
    return {"slots": [(panel, panel.url(obj)) for panel in allowed], "obj": obj}

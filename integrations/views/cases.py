from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_GET

from ehr import access
from integrations.models import Effect
from integrations.permissions import Permission
from integrations.queries import fan_out
from integrations.rules.states import GOING
from offboarding.models import Case

TEMPLATE = "integrations/_case_effects.html"


@require_GET
@access.requires(Permission.VIEW_EFFECT)
def panel(request: HttpRequest, pk: Any) -> HttpResponse:
    """The slot on the case page. With ?since= of what is shown already, 204 says that nothing is new."""
    return fragment(request, get_object_or_404(Case.objects.visible_to(request.user), pk=pk))


def fragment(request: HttpRequest, case: Any) -> HttpResponse:
    context = _context(request, case)
    if request.GET.get("since") == context["fan_out"].version:
        return HttpResponse(status=204)
    return render(request, TEMPLATE, context)


def drawn(request: HttpRequest, case: Any) -> str:
    """The same inside the case page, so that its first look costs no second request."""
    return render_to_string(TEMPLATE, _context(request, case), request)


def _context(request: HttpRequest, case: Any) -> dict[str, Any]:
    visible = Effect.objects.visible_to(request.user).filter(case=case).select_related("connection")
    return {
        "case": case,
        "fan_out": fan_out(visible.order_by("connection__title", "id")),
        "is_off": case.state not in GOING,
        "can_redrive": access.has(request.user, Permission.REDRIVE_EFFECT),
    }

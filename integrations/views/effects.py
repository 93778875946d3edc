from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from ehr import access, clock
from ehr.once import once
from ehr.paging import page_of
from integrations.forms import SettleForm
from integrations.models import Effect
from integrations.operations import redriving, reverting
from integrations.permissions import Permission
from integrations.queries import row_of


@require_GET
@access.requires(Permission.VIEW_EFFECT)
def listing(request: HttpRequest) -> HttpResponse:
    visible = Effect.objects.visible_to(request.user).waiting_for_human().select_related("connection", "case")
    page = page_of(visible, order=["-changed_at", "-id"], cursor=request.GET.get("cursor", ""))
    context = {"rows": [row_of(effect) for effect in page.rows], "next": page.next, "can_redrive": _can(request)}
    return render(request, "integrations/effects.html", context)


@require_GET
@access.requires(Permission.VIEW_EFFECT)
def detail(request: HttpRequest, pk: Any) -> HttpResponse:
    effect = _load(request, pk)
    context = {
        "row": row_of(effect),
        "effect": effect,
        "attempts": effect.attempts.order_by("-number")[:20],
        "form": SettleForm(),
        "can_redrive": _can(request),
    }
    return render(request, "integrations/effect.html", context)


@require_POST
@access.requires(Permission.REDRIVE_EFFECT)
@once
def redrive(request: HttpRequest, pk: Any) -> HttpResponse:
    effect = redriving.redrive(_load(request, pk, Permission.REDRIVE_EFFECT), by=request.user, at=clock.now())
    return _answer(request, effect, _("Only this step is tried again."))


@require_POST
@access.requires(Permission.REDRIVE_EFFECT)
@once
def settle(request: HttpRequest, pk: Any) -> HttpResponse:
    effect = _load(request, pk, Permission.REDRIVE_EFFECT)
    outcome = request.POST.get("outcome", "")
    redriving.settle(effect, outcome=outcome, by=request.user, at=clock.now())
    return _answer(request, effect, _("Noted."))


@require_POST
@access.requires(Permission.REDRIVE_EFFECT)
@once
def revert(request: HttpRequest, pk: Any) -> HttpResponse:
    effect = _load(request, pk, Permission.REDRIVE_EFFECT)
    reverting.revert(effect, by=request.user, at=clock.now())
    return _answer(request, effect, _("It is being taken back."))


def _load(request: HttpRequest, pk: Any, permission: str = Permission.VIEW_EFFECT) -> Effect:
    rows = Effect.objects.select_related("connection__unit", "case__unit")
    effect: Effect = get_object_or_404(rows.visible_to(request.user), pk=pk)
    if permission != Permission.VIEW_EFFECT:
        access.check(request.user, permission, effect)
    return effect


def _can(request: HttpRequest) -> bool:
    return access.has(request.user, Permission.REDRIVE_EFFECT)


def _answer(request: HttpRequest, effect: Effect, text: str) -> HttpResponse:
    if request.headers.get("HX-Request") and effect.case_id:
        from integrations.views.cases import fragment

        return fragment(request, effect.case)
    messages.success(request, text)
    return redirect(effect.url)

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ehr import access, clock
from ehr.once import once

from .. import forms, operations
from ..models import Adjustment
from ..permissions import PerformancePermission as P
from . import doors


@require_POST
@access.requires(P.ADJUST_RESULT)
@once
def adjustments(request: HttpRequest, pk: UUID) -> HttpResponse:
    card = doors.card(request, pk)
    access.check(request.user, P.ADJUST_RESULT, card)
    form = forms.AdjustmentForm(request.POST, card=card)
    employment = doors.person(request, card.employment_id, P.ADJUST_RESULT)
    by_now = {"by": request.user, "at": clock.now()}
    if not form.attempt(lambda data: operations.record_adjustment(employment=employment, **data, **by_now)):
        return doors.shown_card(request, card, status=422, adjustment_form=form)
    doors.said(request, _("The line is in the result, and the person has been told."))
    return redirect("performance:scorecard", pk=pk)


@require_POST
@access.requires(P.APPEAL_ADJUSTMENT)
@once
def appeal(request: HttpRequest, pk: UUID) -> HttpResponse:
    row = _adjustment(request, pk, P.APPEAL_ADJUSTMENT)
    form = forms.AppealForm(request.POST)
    if not form.attempt(lambda data: operations.appeal_adjustment(row, **data, by=request.user, at=clock.now())):
        return _again(request, row, appeal_form=form, open_appeal=row.pk)
    doors.said(request, _("HR answers within five working days."))
    return redirect(_back(row))


@require_POST
@access.requires(P.DECIDE_APPEAL)
@once
def decision(request: HttpRequest, pk: UUID) -> HttpResponse:
    row = _adjustment(request, pk, P.DECIDE_APPEAL)
    form = forms.DecisionForm(request.POST)
    if not form.attempt(lambda data: operations.decide_appeal(row, **data, by=request.user, at=clock.now())):
        return _again(request, row, decision_form=form, open_decision=row.pk)
    doors.said(request, _("Decided; the result is counted again."))
    return redirect(_back(row))


def _adjustment(request: HttpRequest, pk: UUID, permission: str) -> Adjustment:
    joined = Adjustment.objects.visible_to(request.user).for_page().select_related(
        "employment__person__user", "employment__unit", "data_key"
    )  # fmt: skip
    row = get_object_or_404(joined, pk=pk)
    access.check(request.user, permission, row)
    return row


def _again(request: HttpRequest, row: Adjustment, **more: Any) -> HttpResponse:
    """The scorecard with the form that was refused, or the form alone where there is no scorecard yet."""
    if row.scorecard_id is None:
        doors.complained(request, next(iter(more.values())))
        return redirect(_back(row))
    return doors.shown_card(request, doors.card(request, row.scorecard_id), status=422, **more)


def _back(row: Adjustment) -> str:
    return operations.adjusting.url_of(row)

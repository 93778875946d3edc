"""The ways to one person, one scorecard: what is not visible is 404."""

from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from employees.models import Employment

from .. import forms, pages, scoring
from ..models import Scorecard
from ..permissions import PerformancePermission as P


def person(request: HttpRequest, pk: UUID, *permissions: str) -> Employment:
    """Whom one of these permissions reaches."""
    reached = [Q(pk__in=Employment.objects.visible_to(request.user, one).values("pk")) for one in permissions]
    rows = Employment.objects.filter(reduce(or_, reached))
    return get_object_or_404(rows.select_related("person__user", "unit", "data_key"), pk=pk)


def card(request: HttpRequest, pk: UUID) -> Scorecard:
    return get_object_or_404(Scorecard.objects.visible_to(request.user).for_page(), pk=pk)


def shown_card(request: HttpRequest, found: Scorecard, *, status: int = 200, **more: Any) -> HttpResponse:
    asked = scoring.asked_of(request.user, [found])
    changes = found.changes.select_related("by").order_by("number")
    rows = list(found.adjustments.all().for_page().select_related("employment__person"))
    context = {
        "sheet": pages.sheet_of(found),
        "employment": found.employment,
        "is_own": found.employment.person.user_id == request.user.pk,
        "changes": changes,
        "adjustments": rows,
        "score_form": forms.ScoreForm(asked=asked) if asked else None,
        "adjustment_form": forms.AdjustmentForm(card=found)
        if pages.may(request.user, P.ADJUST_RESULT, found)
        else None,
        "may_decide": pages.may(request.user, P.DECIDE_APPEAL, found),
        "may_close": "close" in found.actions and pages.may(request.user, P.SCORE_AS_HEADQUARTERS, found),
        "appeal_form": forms.AppealForm(),
        "decision_form": forms.DecisionForm(),
    }
    return render(request, "performance/scorecard.html", {**context, **more}, status=status)


def said(request: HttpRequest, text: str) -> None:
    messages.success(request, text)


def complained(request: HttpRequest, form: Any) -> None:
    for errors in form.errors.values():
        messages.error(request, " ".join(errors))

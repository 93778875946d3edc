from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ehr import access, clock
from ehr.once import once
from employees.models import Employment

from .. import forms, operations, pages
from ..models import Side
from ..permissions import PerformancePermission as P
from . import doors


@require_POST
@access.requires(P.GIVE_FEEDBACK)
@once
def feedback(request: HttpRequest, pk: UUID) -> HttpResponse:
    employment = doors.person(request, pk, P.GIVE_FEEDBACK)
    form = forms.FeedbackForm(request.POST)
    by_now = {"by": request.user, "at": clock.now()}
    if not form.attempt(lambda data: operations.give_feedback(employment=employment, **data, **by_now)):
        return _again(request, employment, feedback_form=form)
    doors.said(request, _("%(name)s can read it now.") % {"name": employment.person.name})
    return redirect("performance:voices", pk=pk)


@require_POST
@access.requires(P.WRITE_REVIEW)
@once
def reviews(request: HttpRequest, pk: UUID) -> HttpResponse:
    employment = doors.person(request, pk, P.WRITE_REVIEW)
    form = forms.ReviewForm(request.POST)
    facts = {"side": _side(request.user, employment), "by": request.user, "at": clock.now()}
    if not form.attempt(lambda data: operations.write_review(employment=employment, **data, **facts)):
        return _again(request, employment, review_form=form)
    doors.said(request, _("The review is kept."))
    return redirect("performance:voices", pk=pk)


def _side(user: Any, employment: Employment) -> Side:
    """Who leads the person speaks as manager; HR files what a colleague said."""
    leads = Employment.objects.visible_to(user, P.GIVE_FEEDBACK).filter(pk=employment.pk).exists()
    return Side.MANAGER if leads else Side.PEER


def _again(request: HttpRequest, employment: Employment, **form: Any) -> HttpResponse:
    tabs = pages.tabs_for(employment, reader=request.user, current="performance:voices", own=False)
    new = {"feedback_form": forms.FeedbackForm(), "review_form": forms.ReviewForm(), **form}
    context = {"employment": employment, "tabs": tabs, "own": False, **new}
    context |= pages.voices_context(employment, reader=request.user)
    return render(request, "performance/voices.html", context, status=422)

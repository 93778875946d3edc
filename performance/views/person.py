from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from ehr import access, clock
from ehr.paging import page_of
from employees.models import Employment
from employees.queries import employment_of

from .. import forms, pages
from ..models import Shortfall
from ..permissions import PerformancePermission as P
from . import doors


@require_GET
@access.requires(P.VIEW_RESULT)
def mine(request: HttpRequest) -> HttpResponse:
    return _of_own(request, _results, "performance:mine")


@require_GET
@access.requires(P.VIEW_WORK)
def my_work(request: HttpRequest) -> HttpResponse:
    return _of_own(request, _work, "performance:my_work")


@require_GET
@access.requires(P.VIEW_FEEDBACK)
def my_voices(request: HttpRequest) -> HttpResponse:
    return _of_own(request, _voices, "performance:my_voices")


@require_GET
@access.requires(P.VIEW_RESULT)
def results(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The newest scorecard, twelve months of results and attendance of one employment."""
    return _results(request, doors.person(request, pk, P.VIEW_RESULT), "performance:results")


@require_GET
@access.requires(P.VIEW_WORK)
def work(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _work(request, doors.person(request, pk, P.VIEW_WORK), "performance:work")


@require_GET
@access.requires(P.VIEW_FEEDBACK)
def voices(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The person and those who lead them read the feedback, HR the reviews; each sees their part."""
    return _voices(request, doors.person(request, pk, P.VIEW_FEEDBACK, P.VIEW_REVIEW), "performance:voices")


@require_GET
@access.requires(P.VIEW_RESULT)
def team(request: HttpRequest) -> HttpResponse:
    page = pages.team_page(request.user, cursor=request.GET.get("after", ""))
    return render(request, "performance/team.html", {"page": page})


@require_GET
@access.requires(P.VIEW_SHORTFALL)
def shortfalls(request: HttpRequest) -> HttpResponse:
    rows = Shortfall.objects.visible_to(request.user).standing().with_person()
    page = page_of(rows, order=["-month", "id"], cursor=request.GET.get("after", ""))
    return render(request, "performance/shortfalls.html", {"page": page})


# --- The same page for oneself and for those above ---------------------------------------------------------


def _of_own(request: HttpRequest, page: Any, current: str) -> HttpResponse:
    employment = employment_of(request.user)
    if employment is None:
        return render(request, "employees/no_file.html", status=404)
    return page(request, employment, current)  # type: ignore[no-any-return]


def _results(request: HttpRequest, employment: Employment, current: str) -> HttpResponse:
    context = pages.results_context(employment, reader=request.user)
    return _page(request, "performance/results.html", employment, current, context)


def _work(request: HttpRequest, employment: Employment, current: str) -> HttpResponse:
    context = pages.work_context(employment, reader=request.user, today=clock.today())
    return _page(request, "performance/work.html", employment, current, {**context, "task_form": forms.TaskForm()})


def _voices(request: HttpRequest, employment: Employment, current: str) -> HttpResponse:
    context = pages.voices_context(employment, reader=request.user)
    new = {"feedback_form": forms.FeedbackForm(), "review_form": forms.ReviewForm()}
    return _page(request, "performance/voices.html", employment, current, {**new, **context})


def _page(
    request: HttpRequest, template: str, employment: Employment, current: str, context: dict[str, Any]
) -> HttpResponse:
    own = employment.person.user_id == request.user.pk and current.startswith("performance:m")
    tabs = pages.tabs_for(employment, reader=request.user, current=current, own=own)
    return render(request, template, {"employment": employment, "tabs": tabs, "own": own, **context})

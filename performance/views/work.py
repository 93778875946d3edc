from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ehr import access, clock
from ehr.once import once
from employees.models import Employment

from .. import forms, operations
from ..models import CheckIn, Objective, Project, Task
from ..permissions import PerformancePermission as P
from . import doors

# --- Something new ----------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
@access.requires(P.CHANGE_WORK)
@once
def objectives(request: HttpRequest, pk: UUID) -> HttpResponse:
    form = forms.ObjectiveForm(_sent(request), initial={"period": forms.this_quarter(clock.today())})
    steps = forms.KeyResultFormSet(_sent(request), prefix="k")
    words = {"title": _("A new objective"), "parts": _("Key results")}
    return _new(request, pk, form, steps, lambda p, **facts: operations.set_objective(key_results=p, **facts), **words)


@require_http_methods(["GET", "POST"])
@access.requires(P.CHANGE_WORK)
@once
def projects(request: HttpRequest, pk: UUID) -> HttpResponse:
    form, steps = forms.ProjectForm(_sent(request)), forms.MilestoneFormSet(_sent(request), prefix="m")
    words = {"title": _("A new project"), "parts": _("Milestones")}
    return _new(request, pk, form, steps, lambda p, **facts: operations.start_project(milestones=p, **facts), **words)


@require_POST
@access.requires(P.CHANGE_WORK)
@once
def tasks(request: HttpRequest, pk: UUID) -> HttpResponse:
    employment = doors.person(request, pk, P.CHANGE_WORK)
    form = forms.TaskForm(request.POST)
    facts = {"employment": employment, "by": request.user, "at": clock.now()}
    if not form.attempt(lambda data: operations.open_task(**data, **facts)):
        doors.complained(request, form)
    return redirect(_work_of(request, employment))


def _sent(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _new(request: HttpRequest, pk: UUID, form: Any, steps: Any, begin: Any, **words: str) -> HttpResponse:
    """A form with rows of parts below it: `begin` takes the filled rows and the form's facts."""
    employment = doors.person(request, pk, P.CHANGE_WORK)
    back, facts = _work_of(request, employment), {"employment": employment, "by": request.user, "at": clock.now()}
    if form.is_bound and steps.is_valid():
        parts = forms.filled(steps)
        if form.attempt(lambda data: begin(parts, **data, **facts)):
            return redirect(back)
    context = {"employment": employment, "form": form, "steps": steps, "back": back, **words}
    wrong = form.is_bound and (form.errors or not steps.is_valid())
    return render(request, "performance/new_work.html", context, status=422 if wrong else 200)


def _work_of(request: HttpRequest, employment: Employment) -> str:
    if employment.person.user_id == request.user.pk:
        return reverse("performance:my_work")
    return reverse("performance:work", args=[employment.pk])


# --- An objective -----------------------------------------------------------------------------------------


@require_GET
@access.requires(P.VIEW_WORK)
def objective(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _objective_page(request, _objective(request, pk))


@require_POST
@access.requires(P.CHANGE_WORK)
@once
def check_ins(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = _objective(request, pk)
    access.check(request.user, P.CHANGE_WORK, found)
    form = forms.CheckInForm(request.POST, objective=found)
    if not form.attempt(lambda data: found.check_in(**data, by=request.user, at=clock.now())):
        return _objective_page(request, found, status=422, wrong=form)
    return redirect(found)


@require_POST
@access.requires(P.CHANGE_WORK)
@once
def objective_closure(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = _objective(request, pk)
    access.check(request.user, P.CHANGE_WORK, found)
    found.close(by=request.user, at=clock.now())
    return redirect(found)


def _objective(request: HttpRequest, pk: UUID) -> Objective:
    return get_object_or_404(Objective.objects.visible_to(request.user).for_page(), pk=pk)


def _objective_page(request: HttpRequest, found: Objective, *, status: int = 200, wrong: Any = None) -> HttpResponse:
    may = found.is_open and Objective.objects.visible_to(request.user, P.CHANGE_WORK).filter(pk=found.pk).exists()
    for row in found.key_results.all():
        is_wrong = wrong is not None and wrong.data.get("key_result") == str(row.pk)
        initial = {"key_result": row.pk, "value": row.current, "confidence": row.confidence}
        fresh = forms.CheckInForm(initial=initial, objective=found, auto_id=f"id_{row.position}_%s")
        row.form = wrong if is_wrong else fresh
    history = CheckIn.objects.filter(key_result__objective=found).select_related("by", "key_result")
    context = {
        "objective": found,
        "employment": found.employment,
        "may_change": may,
        "history": history.order_by("-at", "-pk")[:50],
        "back": _work_of(request, found.employment),
    }
    return render(request, "performance/objective.html", context, status=status)


# --- A project --------------------------------------------------------------------------------------------


@require_GET
@access.requires(P.VIEW_WORK)
def project(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _project_page(request, _project(request, pk))


@require_POST
@access.requires(P.CHANGE_WORK)
@once
def progress(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = _project(request, pk)
    access.check(request.user, P.CHANGE_WORK, found)
    form = forms.ProgressForm(request.POST)
    if not form.attempt(lambda data: found.report(**data, by=request.user, at=clock.now())):
        return _project_page(request, found, status=422, form=form)
    return redirect(found)


@require_POST
@access.requires(P.CHANGE_WORK)
@once
def milestone(request: HttpRequest, pk: UUID, step_pk: UUID) -> HttpResponse:
    found = _project(request, pk)
    access.check(request.user, P.CHANGE_WORK, found)
    step = get_object_or_404(found.milestones.all(), pk=step_pk)
    found.reach_milestone(step, on=clock.today(), by=request.user, at=clock.now())
    return redirect(found)


def _project(request: HttpRequest, pk: UUID) -> Project:
    return get_object_or_404(Project.objects.visible_to(request.user).for_page(), pk=pk)


def _project_page(request: HttpRequest, found: Project, *, status: int = 200, form: Any = None) -> HttpResponse:
    may = bool(found.actions) and Project.objects.visible_to(request.user, P.CHANGE_WORK).filter(pk=found.pk).exists()
    found.steps = found.marked(today=clock.today())  # type: ignore[attr-defined]
    context = {
        "project": found,
        "employment": found.employment,
        "may_change": may,
        "form": form or forms.ProgressForm(initial={"percent": found.percent}),
        "history": found.reports.select_related("by").order_by("-at", "-pk")[:50],
        "back": _work_of(request, found.employment),
    }
    return render(request, "performance/project.html", context, status=status)


@require_POST
@access.requires(P.CHANGE_WORK)
@once
def task_completion(request: HttpRequest, pk: UUID) -> HttpResponse:
    rows = Task.objects.visible_to(request.user).select_related("employment__person")
    task = get_object_or_404(rows, pk=pk)
    access.check(request.user, P.CHANGE_WORK, task)
    task.finish(by=request.user, at=clock.now())
    return redirect(_work_of(request, task.employment))

from typing import Any
from uuid import UUID

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ehr import access, clock
from ehr.errors import Refused
from ehr.once import once

from .. import forms, operations, scoring, words
from ..models import Plan, PlanVersion
from ..permissions import PerformancePermission as P
from . import doors


@require_http_methods(["GET", "POST"])
@access.requires(P.VIEW_PLAN)
@once
def plans(request: HttpRequest) -> HttpResponse:
    may = access.has(request.user, P.MANAGE_PLAN)
    if request.method == "POST" and not may:
        raise access.Forbidden(P.MANAGE_PLAN)
    form = forms.PlanForm(request.POST if request.method == "POST" else None, reader=request.user) if may else None
    by_now = {"by": request.user, "at": clock.now()}
    if request.method == "POST" and form.attempt(lambda _data: operations.create_plan(**form.arguments(), **by_now)):
        return redirect("performance:plans")
    return _plans_page(request, form, status=422 if form is not None and form.errors else 200)


def _plans_page(request: HttpRequest, form: Any, *, status: int = 200, period: Any = None) -> HttpResponse:
    rows = Plan.objects.visible_to(request.user).select_related("unit", "employment__person")
    context = {
        "plans": rows.prefetch_related("versions").order_by("unit__path", "name")[:300],
        "form": form,
        "period_form": period or forms.PeriodForm(initial={"period": forms.this_month(clock.today())}),
    }
    return render(request, "performance/plans.html", context, status=status)


@require_POST
@access.requires(P.MANAGE_PLAN)
@once
def periods(request: HttpRequest) -> HttpResponse:
    """Opens a period for one's own people; who has a scorecard keeps it."""
    form = forms.PeriodForm(request.POST)
    if not form.is_valid():
        return _plans_page(request, forms.PlanForm(reader=request.user), status=422, period=form)
    opened = scoring.open_for(request.user, form.cleaned_data["period"], at=clock.now())
    doors.said(request, _("Scorecards opened: %(n)s") % {"n": opened})
    return redirect("performance:plans")


@require_GET
@access.requires(P.VIEW_PLAN)
def plan(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _plan_page(request, _plan(request, pk))


@require_POST
@access.requires(P.MANAGE_PLAN)
@once
def draft(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The first time it opens a copy of the version in force; then it keeps what was written."""
    found = _managed(request, pk)
    version = found.open_draft(by=request.user, at=clock.now())
    if "i-TOTAL_FORMS" not in request.POST:
        return redirect("performance:plan", pk=pk)
    rows = forms.IndicatorFormSet(request.POST, prefix="i", form_kwargs={"empty_permitted": True})
    if not rows.is_valid():
        return _plan_page(request, found, status=422, rows=rows)
    facts = {"note": request.POST.get("note", "")[:300], "by": request.user, "at": clock.now()}
    try:
        version.write(indicators=forms.written_indicators(rows), **facts)
    except Refused as refused:
        return _plan_page(request, found, status=422, rows=rows, problem=refused)
    doors.said(request, _("The draft is kept."))
    return redirect("performance:plan", pk=pk)


@require_POST
@access.requires(P.MANAGE_PLAN)
@once
def publication(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = _managed(request, pk)
    try:
        _draft_of(found).publish(by=request.user, at=clock.now())
    except Refused as refused:
        return _plan_page(request, found, status=422, problem=refused)
    doors.said(request, _("Published; periods that are running keep their version."))
    return redirect("performance:plan", pk=pk)


@require_POST
@access.requires(P.MANAGE_PLAN)
@once
def discard(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = _managed(request, pk)
    _draft_of(found).discard(by=request.user, at=clock.now())
    return redirect("performance:plan", pk=pk)


def _plan(request: HttpRequest, pk: UUID) -> Plan:
    return get_object_or_404(Plan.objects.visible_to(request.user).select_related("unit", "employment__person"), pk=pk)


def _managed(request: HttpRequest, pk: UUID) -> Plan:
    found = _plan(request, pk)
    access.check(request.user, P.MANAGE_PLAN, found)
    return found


def _draft_of(found: Plan) -> PlanVersion:
    return get_object_or_404(found.versions.filter(state="draft"))


def _plan_page(
    request: HttpRequest, found: Plan, *, status: int = 200, rows: Any = None, problem: Any = None
) -> HttpResponse:
    running = Count("scorecards", filter=Q(scorecards__state="open"))
    versions = list(found.versions.annotate(running=running).prefetch_related("indicators").order_by("-number"))
    version = next((one for one in versions if one.state == "draft"), None)
    may = Plan.objects.visible_to(request.user, P.MANAGE_PLAN).filter(pk=found.pk).exists()
    shares = version.shares() if version else []
    context = {
        "plan": found,
        "versions": versions,
        "draft": version,
        "may_manage": may,
        "rows": rows or (_rows_of(version) if version and may else None),
        "sum": sum(share.weight for share in shares),
        "problems": [words.PROBLEMS[code] for code in version.problems()] if version else [],
        "problem": problem,
        "is_own_draft": version is not None and version.edited_by_id == request.user.pk,
    }
    return render(request, "performance/plan.html", context, status=status)


def _rows_of(version: PlanVersion) -> Any:
    names = ("title", "key", "weight", "owner", "target")
    initial = [{name: getattr(row, name) for name in names} for row in version.indicators.all()]
    return forms.IndicatorFormSet(initial=initial, prefix="i")

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from ehr import access, clock
from ehr.once import once
from ehr.paging import page_of
from ehr.units.models import OrgUnit

from .. import profiles
from ..forms import LookForm, PeopleFilter
from ..models import Employment, Unmasking
from ..models.unmasking import PAY_FIELDS
from ..permissions import EmployeePermission as P
from ..queries import employment_of, units_below


@require_GET
@access.requires(P.VIEW_EMPLOYMENT)
def employees(request: HttpRequest) -> HttpResponse:
    chosen = PeopleFilter(request.GET)
    rows = chosen.of(Employment.objects.listed_for(request.user))
    unit = _unit(chosen.cleaned_data.get("unit"))
    rows = rows.under(unit) if unit else rows
    page = page_of(rows.for_list(), order=["employee_number"], cursor=request.GET.get("cursor", ""))
    context = {
        "page": page,
        "chosen": chosen,
        "unit": unit,
        "below": units_below(unit, user=request.user),
        "next": with_changes(request, cursor=page.next) if page.next else "",
    }
    template = "employees/_rows.html" if request.headers.get("HX-Target") == "rows" else "employees/list.html"
    return render(request, template, context)


@require_GET
@access.requires(P.VIEW_EMPLOYMENT)
def profile(request: HttpRequest, pk: UUID) -> HttpResponse:
    employment = _visible(request, pk)
    return render(request, "employees/profile.html", profiles.context_of(employment, reader=request.user))


@require_GET
@access.signed_in
def own_file(request: HttpRequest) -> HttpResponse:
    employment = employment_of(request.user)
    if employment is None:
        return render(request, "employees/no_file.html", status=404)
    return redirect("employees:profile", pk=employment.pk)


@require_POST
@access.requires(P.VIEW_EMPLOYMENT)
@once
def look(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One covered value for 60 seconds; the purpose is on record before the value is shown."""
    employment = _visible(request, pk)
    form = LookForm(request.POST)
    shown: dict[str, Any] = {}
    if form.is_valid():
        chosen = form.cleaned_data
        access.check(request.user, permission_for(chosen["field"], employment, request.user), employment)
        value = Unmasking.look(employment, by=request.user, at=clock.now(), **chosen)
        shown = {"field": chosen["field"], "value": value or "—"}
    context = profiles.covered_context(employment, reader=request.user, shown=shown, form=form)
    template = "employees/_covered.html" if request.headers.get("HX-Request") else "employees/covered.html"
    return render(request, template, context, status=200 if form.is_valid() else 422)


def permission_for(field: str, employment: Employment, user: Any) -> str:
    """Pay has its own permission; the person's own data need none beyond being that person."""
    if employment.person.user_id == user.pk or field in PAY_FIELDS:
        return P.VIEW_PAY
    return P.UNMASK_PERSONAL


def _visible(request: HttpRequest, pk: UUID) -> Employment:
    rows = Employment.objects.visible_to(request.user).for_profile()
    return get_object_or_404(rows, pk=pk)


def _unit(pk: UUID | None) -> OrgUnit | None:
    return OrgUnit.objects.filter(pk=pk).first() if pk else None


def with_changes(request: HttpRequest, **changes: str) -> str:
    return "?" + urlencode({**{key: value for key, value in request.GET.items() if value}, **changes})

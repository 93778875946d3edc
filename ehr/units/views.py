from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from ehr import access, clock
from ehr.once import once
from ehr.units.changing import change_unit, unit_on_file
from ehr.units.forms import UnitForm
from ehr.units.models import OrgUnit
from ehr.units.permissions import Permission


@require_GET
@access.requires(Permission.VIEW_UNIT)
def units(request: HttpRequest) -> HttpResponse:
    """The top of what one may see; each unit opens its children."""
    visible = OrgUnit.objects.visible_to(request.user)
    tops = visible.exclude(parent__in=visible.values("pk"))
    return render(request, "units/tree.html", {"units": tops.select_related("head").order_by("path")[:200]})


@require_GET
@access.requires(Permission.VIEW_UNIT)
def unit(request: HttpRequest, pk: UUID) -> HttpResponse:
    shown = get_object_or_404(OrgUnit.objects.visible_to(request.user).select_related("head", "legal_entity"), pk=pk)
    context = {
        "unit": shown,
        "ancestors": shown.ancestors().visible_to(request.user).order_by("path"),
        "employer": shown.employer_entity(),
        "children": shown.children.select_related("head").order_by("code")[:500],
    }
    return render(request, "units/unit.html", context)


@require_http_methods(["GET", "POST"])
@access.requires(Permission.MANAGE_EMPLOYERS)
@once
def editing(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Who may not manage units names their employer alone."""
    shown, at = _editable(request, pk), clock.now()
    if request.method != "POST":
        return _editor(request, shown, _form(request, shown))
    form = _form(request, shown, request.POST)
    status = form.change(
        lambda said: change_unit(unit=shown, by=request.user, at=at, **said),
        on_file=lambda: unit_on_file(_editable(request, pk)),
    )
    if status != 302:
        return _editor(request, _editable(request, pk), form, status=status)
    messages.success(request, _("Saved.") if form.result else _("Nothing was changed."))
    return redirect("units:unit", pk=pk)


def _editable(request: HttpRequest, pk: UUID) -> OrgUnit:
    rows = OrgUnit.objects.visible_to(request.user).select_related("head", "parent", "legal_entity")
    return get_object_or_404(rows, pk=pk)


def _form(request: HttpRequest, unit: OrgUnit, data: Any = None) -> UnitForm:
    managed = OrgUnit.objects.visible_to(request.user, Permission.MANAGE_UNITS)
    return UnitForm(data, unit=unit, may_manage=managed.filter(pk=unit.pk).exists())


def _editor(request: HttpRequest, unit: OrgUnit, form: UnitForm, *, status: int = 200) -> HttpResponse:
    return render(request, "units/edit.html", {"unit": unit, "form": form}, status=status)

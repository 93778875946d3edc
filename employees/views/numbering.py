from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ehr import access, clock
from ehr.once import once
from ehr.units.models import OrgUnit

from ..forms import NumberingForm
from ..models import NumberingRule
from ..permissions import EmployeePermission as P

PREVIEWS = 6


@require_http_methods(["GET", "POST"])
@access.requires(P.CHANGE_NUMBERING)
@once
def numbering(request: HttpRequest) -> HttpResponse:
    """'Try it' shows the next numbers and saves nothing; saving makes a new version of the rule."""
    rule = NumberingRule.in_force()
    form = NumberingForm(request.POST or None, instance=NumberingRule.in_force())
    if form.is_bound and form.is_valid():
        rule = form.rule()
        if "save" in request.POST:
            NumberingRule.change(by=request.user, at=clock.now(), **form.facts())
            messages.success(request, _("Saved. Numbers already given stay as they are."))
            return redirect("employees:numbering")
    context = {"form": form, "rule": rule, "previews": previews(rule)}
    is_bad = form.is_bound and not form.is_valid()
    return render(request, "employees/numbering.html", context, status=422 if is_bad else 200)


def previews(rule: NumberingRule) -> list[dict[str, Any]]:
    today = clock.today()
    units = OrgUnit.objects.filter(kind__in=["group", "business_unit"]).order_by("path")[:PREVIEWS]
    return [{"unit": unit, "number": rule.preview(unit=unit, hire_date=today)} for unit in units]

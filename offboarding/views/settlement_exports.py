"""The list of settlements, and what leaves the house: a spreadsheet, a bank file, the sheet as a paper."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from ehr import clock
from ehr.access import requires
from ehr.documents.attachments import download
from ehr.lib.sheets import XLSX
from ehr.once import once

from .. import operations as ops
from .. import settlement_files
from ..forms import RuleForm
from ..permissions import Permission
from ..queries.settlement_list import Group, SettlementList, settlement_list, unpaid_for
from .doors import back_to, others_case
from .settlement import current_or_409


class ChosenForm(RuleForm):
    payment = forms.MultipleChoiceField(required=False)


@require_GET
@requires(Permission.CALCULATE_SETTLEMENT)
def settlements(request: HttpRequest) -> HttpResponse:
    return _list(request)


@require_POST
@requires(Permission.EXPORT_SETTLEMENT)
def bank_files(request: HttpRequest) -> HttpResponse:
    """Of the chosen payments; nothing is marked as paid by it."""
    rows = list(unpaid_for(request.user).order_by("due_date", "pk"))
    form, at = ChosenForm(request.POST), clock.now()
    form.fields["payment"].choices = [(str(row.pk), row.pk) for row in rows]
    if form.attempt(
        lambda said: ops.export_transfers(
            payments=[row for row in rows if str(row.pk) in said["payment"]], by=request.user, at=at
        )
    ):
        name = f"settlements-{at:%Y%m%d-%H%M}.csv"
        return download(settlement_files.bank_file(form.result), name=name, media_type="text/csv")
    return _list(request, form=form)


@require_POST
@requires(Permission.EXPORT_SETTLEMENT)
def exports(request: HttpRequest, pk: Any) -> HttpResponse:
    case = others_case(request, pk, Permission.EXPORT_SETTLEMENT)
    drawn = current_or_409(case)
    ops.export_settlement(settlement=drawn, by=request.user, at=clock.now())
    name = f"{case.number}-v{drawn.nth}.xlsx"
    return download(settlement_files.spreadsheet(drawn), name=name, media_type=XLSX)


@require_POST
@requires(Permission.CALCULATE_SETTLEMENT)
@once
def sheets(request: HttpRequest, pk: Any) -> HttpResponse:
    case = others_case(request, pk, Permission.CALCULATE_SETTLEMENT)
    drawn, bilingual = current_or_409(case), "bilingual" in request.POST
    paper = ops.issue_sheet(settlement=drawn, bilingual=bilingual, by=request.user, at=clock.now())
    messages.success(request, _("Settlement sheet %(number)s is issued.") % {"number": paper.number})
    return back_to(request, f"{case.url}settlement/")


def _list(request: HttpRequest, **more: Any) -> HttpResponse:
    asked = request.GET.get("show", "")
    found = settlement_list(request.user, today=clock.today(), show=asked if asked in Group.values else "")
    context = {"list": found, "tabs": _tabs(found)}
    status = 422 if request.method == "POST" else 200
    return render(request, "offboarding/settlements.html", context | more, status=status)


def _tabs(found: SettlementList) -> list[dict[str, Any]]:
    every = {"label": _("All"), "href": "?", "current": not found.show, "count": sum(found.counts.values())}
    return [every] + [
        {
            "label": group.label,
            "href": f"?show={group}",
            "current": group == found.show,
            "count": found.counts[group],
        }
        for group in Group
    ]

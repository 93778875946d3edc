"""Which protections apply to a person: read and written by HR-legal alone."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ehr import access, clock
from ehr.once import once

from .. import protecting
from ..models import Employment, ProtectedStatus
from ..permissions import EmployeePermission as P
from ..protection_forms import CorrectionForm, EndingForm, ProtectionForm
from ..tabs import PROTECTIONS, tabs_of


@require_http_methods(["GET", "POST"])
@access.requires(P.VIEW_PROTECTED_STATUS)
@once
def protections(request: HttpRequest, pk: UUID) -> HttpResponse:
    if request.method != "POST":
        return _page(request, _file(request, pk, P.VIEW_PROTECTED_STATUS))
    employment, at = _file(request, pk, P.RECORD_PROTECTED_STATUS), clock.now()
    form = ProtectionForm(request.POST)
    if form.attempt(lambda said: ProtectedStatus.enter(employment, by=request.user, at=at, **said)):
        return _back(request, employment, _("Entered. From now on every exit of this person is judged by it."))
    return _page(request, employment, status=422, form=form)


@require_POST
@access.requires(P.RECORD_PROTECTED_STATUS)
@once
def ending(request: HttpRequest, pk: UUID, row_pk: UUID) -> HttpResponse:
    employment, at = _file(request, pk, P.RECORD_PROTECTED_STATUS), clock.now()
    row = protecting.row_of(employment, row_pk)
    form = EndingForm(request.POST, auto_id=f"end_{row_pk}_%s")
    if form.attempt(lambda said: row.end(by=request.user, at=at, **said)):
        return _back(request, employment, _("The last day is on file."))
    return _page(request, employment, status=422, refused={"pk": row_pk, "ending": form})


@require_POST
@access.requires(P.RECORD_PROTECTED_STATUS)
@once
def correction(request: HttpRequest, pk: UUID, row_pk: UUID) -> HttpResponse:
    employment, at = _file(request, pk, P.RECORD_PROTECTED_STATUS), clock.now()
    row = protecting.row_of(employment, row_pk)
    form = CorrectionForm(request.POST, auto_id=f"correct_{row_pk}_%s")
    if form.attempt(lambda said: row.take_back(by=request.user, at=at, **said)):
        return _back(request, employment, _("Taken back. It counts no more; that it stood here stays on record."))
    return _page(request, employment, status=422, refused={"pk": row_pk, "correction": form})


def _file(request: HttpRequest, pk: UUID, permission: str) -> Employment:
    return protecting.file_of(pk, reader=request.user, permission=permission)


def _back(request: HttpRequest, employment: Employment, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect(PROTECTIONS.url, pk=employment.pk)


def _page(
    request: HttpRequest,
    employment: Employment,
    *,
    status: int = 200,
    form: ProtectionForm | None = None,
    refused: dict[str, Any] | None = None,
) -> HttpResponse:
    rows = list(protecting.rows_of(employment).order_by("-start_date", "-id"))
    lines = protecting.lines_of(rows, clock.today())
    for line in lines:
        if refused and line["row"].pk == refused["pk"]:
            line.update(refused)
    context = {
        "employment": employment,
        "tabs": tabs_of(employment, reader=request.user, current=PROTECTIONS.url),
        "lines": lines,
        "form": form or ProtectionForm(),
        "timeline": protecting.timeline_of(rows),
    }
    return render(request, "employees/protections.html", context, status=status)

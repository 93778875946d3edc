"""Dated figures out of and into files, and what came out of a pass over the exits."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ehr import clock
from ehr.access import requires
from ehr.documents.attachments import attachment, download
from ehr.once import once

from .. import operations as ops
from ..models import ReferenceRow, ReferenceRun
from ..permissions import Permission
from ..queries.reference_page import changes_of
from ..reference_files import MEDIA, lines_of, written
from ..reference_forms import FileForm, SourceForm
from .reference import row_or_404, row_page


@require_http_methods(["GET", "POST"])
@requires(Permission.EDIT_REFERENCE)
@once
def imports(request: HttpRequest) -> HttpResponse:
    form, report = FileForm(request.POST or None, request.FILES or None), None
    if request.method == "POST" and form.attempt(
        lambda said: ops.import_rows(lines=lines_of(said["file"]), by=request.user, at=clock.now())
    ):
        report, form = form.result, FileForm()
    status = 422 if request.method == "POST" and report is None else 200
    return render(request, "offboarding/reference_import.html", {"form": form, "report": report}, status=status)


@require_GET
@requires(Permission.VIEW_REFERENCE)
def export(request: HttpRequest, form: str) -> HttpResponse:
    if form not in MEDIA:
        raise Http404
    rows = ReferenceRow.objects.visible_to(request.user).order_by("table", "city", "effective_from", "id")
    return download(written(rows, form), name=f"reference.{form}", media_type=MEDIA[form])


@require_GET
@requires(Permission.VIEW_REFERENCE)
def run(request: HttpRequest, pk: Any) -> HttpResponse:
    found = _run(request, pk)
    rows = ReferenceRow.objects.visible_to(request.user).filter(key__in=found.keys)
    context = {"run": found, "rows": rows, "changes": [] if found.is_at_work else changes_of(request.user, found)}
    return render(request, "offboarding/reference_run.html", context)


@require_GET
@requires(Permission.VIEW_REFERENCE)
def progress(request: HttpRequest, pk: Any) -> HttpResponse:
    """Polled; when the worker is through, the page shows what it found."""
    found = _run(request, pk)
    if not found.is_at_work:
        return HttpResponse(headers={"HX-Redirect": request.build_absolute_uri(found.get_absolute_url())})
    return render(request, "offboarding/_reference_progress.html", {"run": found})


@require_POST
@requires(Permission.EDIT_REFERENCE)
@once
def sources(request: HttpRequest, pk: Any) -> HttpResponse:
    """The notice itself beside the figure, for whoever compares the two."""
    row, form, at = row_or_404(request, pk), SourceForm(request.POST, request.FILES), clock.now()
    if not form.attempt(lambda said: _keep(row, said["file"], request.user, at)):
        return row_page(request, row, source=form)
    messages.success(request, _("Added."))
    return redirect(row)


@require_GET
@requires(Permission.VIEW_REFERENCE)
def source(request: HttpRequest, pk: Any, file_pk: Any) -> HttpResponse:
    file = get_object_or_404(row_or_404(request, pk).files, pk=file_pk)
    return attachment(key=file.file_key, name=file.name, media_type=file.media_type)


def _keep(row: ReferenceRow, upload: Any, by: Any, at: datetime) -> Any:
    return ops.add_source(row=row, name=upload.name, size=upload.size, content=upload, by=by, at=at)


def _run(request: HttpRequest, pk: Any) -> ReferenceRun:
    return get_object_or_404(ReferenceRun.objects.visible_to(request.user), pk=pk)

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ehr import access, clock
from ehr.once import once

from ..forms import MappingForm, UploadForm
from ..importing import advancing
from ..models import ImportRun, ImportState
from ..permissions import EmployeePermission as P
from ..words import reason_text

STEPS = (_("Upload"), _("Map"), _("Try"), _("Write"), _("Report"))
STEP_OF = {"uploaded": 0, "mapping": 1, "checking": 2, "checked": 2, "applying": 3, "done": 4, "failed": 0}
PROBLEMS_SHOWN = 100


@require_http_methods(["GET", "POST"])
@access.requires(P.IMPORT_EMPLOYEES)
@once
def imports(request: HttpRequest) -> HttpResponse:
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        run = advancing.receive(upload=form.cleaned_data["file"], by=request.user, at=clock.now())
        return redirect("employees:import", pk=run.pk)
    recent = ImportRun.objects.visible_to(request.user).select_related("created_by").order_by("-created_at")[:20]
    context = {"form": form, "recent": recent, "steps": steps_of("uploaded")}
    return render(request, "employees/imports.html", context, status=422 if request.method == "POST" else 200)


@require_GET
@access.requires(P.IMPORT_EMPLOYEES)
def import_run(request: HttpRequest, pk: UUID) -> HttpResponse:
    run = _run(request, pk)
    may_open_accounts = access.has(request.user, P.MANAGE_ACCOUNTS)
    return render(request, _template(run), {**_context(run), "may_open_accounts": may_open_accounts})


@require_GET
@access.requires(P.IMPORT_EMPLOYEES)
def progress(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Polled; when the worker has got to the next step, the page goes there too."""
    run = _run(request, pk)
    if not run.is_working:
        return HttpResponse(headers={"HX-Redirect": request.build_absolute_uri(f"/imports/{run.pk}/")})
    return render(request, "employees/_import_progress.html", {"run": run})


@require_POST
@access.requires(P.IMPORT_EMPLOYEES)
@once
def mapping(request: HttpRequest, pk: UUID) -> HttpResponse:
    run = _run(request, pk)
    form = _mapping_form(run, request.POST)
    if not form.is_valid():
        return render(request, "employees/import_map.html", _context(run, form), status=422)
    run.map_columns(mapping=form.mapping, by=request.user, at=clock.now())
    advancing.ring()
    return redirect("employees:import", pk=pk)


@require_POST
@access.requires(P.IMPORT_EMPLOYEES)
@once
def writing(request: HttpRequest, pk: UUID) -> HttpResponse:
    run = _run(request, pk)
    run.start_writing(by=request.user, at=clock.now())
    advancing.ring()
    return redirect("employees:import", pk=pk)


@require_GET
@access.requires(P.IMPORT_EMPLOYEES)
def report(request: HttpRequest, pk: UUID) -> HttpResponse:
    run = _run(request, pk)
    answer = JsonResponse(run.report, json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer["Content-Disposition"] = f'attachment; filename="import-{run.created_at:%Y%m%d-%H%M}.json"'
    return answer


def _run(request: HttpRequest, pk: UUID) -> ImportRun:
    return get_object_or_404(ImportRun.objects.visible_to(request.user).select_related("created_by"), pk=pk)


def _template(run: ImportRun) -> str:
    if run.is_working:
        return "employees/import_working.html"
    return {
        ImportState.MAPPING: "employees/import_map.html",
        ImportState.CHECKED: "employees/import_check.html",
        ImportState.DONE: "employees/import_done.html",
    }.get(ImportState(run.state), "employees/import_failed.html")


def _context(run: ImportRun, form: MappingForm | None = None) -> dict[str, Any]:
    context: dict[str, Any] = {"run": run, "steps": steps_of(run.state), "report": run.report}
    if run.state == ImportState.MAPPING:
        context["form"] = form or _mapping_form(run)
    if run.report:
        rejected = run.report["rejected"]
        context["problems"] = [{**one, "words": reason_text(one["reason"])} for one in rejected[:PROBLEMS_SHOWN]]
        context["more_problems"] = max(0, len(rejected) - PROBLEMS_SHOWN)
    if run.error:
        context["error"] = reason_text(run.error)
    return context


def _mapping_form(run: ImportRun, data: Any = None) -> MappingForm:
    return MappingForm(data, columns=run.head["columns"], proposed=run.mapping or run.head["proposed"])


def steps_of(state: str) -> list[dict[str, str]]:
    at = STEP_OF[state]
    if state == "done":
        return [{"label": str(label), "state": "done"} for label in STEPS]
    return [
        {"label": str(label), "state": "done" if index < at else "current" if index == at else ""}
        for index, label in enumerate(STEPS)
    ]

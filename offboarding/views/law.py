"""The papers of an ending and the answers to what the law found; sent from the wizard and from the case."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ehr import clock
from ehr.access import requires
from ehr.documents.attachments import attachment
from ehr.errors import Forbidden
from ehr.once import once

from .. import may
from .. import operations as ops
from ..law_forms import AnswerForm, EvidenceForm, QuestionForm
from ..models import Evidence
from ..permissions import Permission
from ..queries.law_people import asked_about
from ..rules.kinds import Kind
from ..wizard_pages import answers_shown
from .doors import back_to, form_page, others_case


@require_POST
@requires(Permission.START_CASE)
@once
def evidence(request: HttpRequest, pk: Any) -> HttpResponse:
    case = others_case(request, pk, Permission.START_CASE)
    form, at = EvidenceForm(request.POST, request.FILES), clock.now()
    if form.attempt(lambda said: _keep(case, said, request.user, at)):
        messages.success(request, _("Added."))
        return back_to(request, _papers_page(case))
    context = {"case": case, "form": form, "title": _("Evidence"), "submit": _("Add"), "action": request.path}
    return form_page(request, "offboarding/form_page.html", context)


@require_GET
@requires(Permission.VIEW_CASE)
def evidence_file(request: HttpRequest, pk: Any, file_pk: Any) -> HttpResponse:
    case = others_case(request, pk)
    row = get_object_or_404(Evidence.objects.visible_to(request.user), case=case, pk=file_pk)
    return attachment(key=row.file_key, name=row.name, media_type=row.media_type)


@require_POST
@requires(Permission.VIEW_CASE)
@once
def findings(request: HttpRequest, pk: Any) -> HttpResponse:
    """Explain a warning, or let a refusal pass; who may do which is the operation's business."""
    case = others_case(request, pk)
    if not may.may_read_law(request.user, case):
        raise Forbidden(Permission.VIEW_REASON)
    form, at = AnswerForm(request.POST), clock.now()
    if form.attempt(lambda said: _answer(case, said, request.user, at)):
        messages.success(request, _("Noted."))
        return back_to(request, f"{case.url}wizard/check/")
    context = {"case": case, "form": form, "title": _("Why"), "submit": _("Write it down"), "action": request.path}
    return form_page(request, "offboarding/form_page.html", context)


@require_POST
@requires(Permission.MANAGE_CASE)
@once
def ending(request: HttpRequest, pk: Any) -> HttpResponse:
    case = others_case(request, pk, Permission.MANAGE_CASE)
    ops.end_now(case=case, by=request.user, at=clock.now())
    messages.success(request, _("The ending took effect."))
    return back_to(request, case.url)


@require_http_methods(["GET", "POST"])
@requires(Permission.ASK_LAW)
@once
def what_if(request: HttpRequest) -> HttpResponse:
    """Rehearse an ending without opening a case. Nobody is told, but the question is kept."""
    form, at = QuestionForm(request.POST or None), clock.now()
    is_answered = request.method == "POST" and form.attempt(lambda said: _ask(request, said, at))
    context = {"form": form, "answers": answers_shown(form.result) if is_answered else []}
    status = 422 if request.method == "POST" and not is_answered else 200
    return render(request, "offboarding/what_if.html", context, status=status)


def _ask(request: HttpRequest, said: dict[str, Any], at: Any) -> Any:
    employments = asked_about(request.user, said.pop("numbers"))
    return ops.ask_law(employments=employments, question=ops.Question(**said), by=request.user, at=at)


def _papers_page(case: Any) -> str:
    """Where the checklist stands; a resignation's is its letter alone."""
    if case.kind == Kind.FORCED_RESIGNATION:
        return f"{case.url}forced/"
    return str(case.url) if case.is_notice else f"{case.url}wizard/evidence/"


def _keep(case: Any, said: dict[str, Any], by: Any, at: Any) -> Evidence:
    upload = said.pop("file")
    return ops.add_evidence(case=case, name=upload.name, size=upload.size, content=upload, by=by, at=at, **said)


def _answer(case: Any, said: dict[str, Any], by: Any, at: Any) -> Any:
    answer = ops.override_finding if said.pop("override") else ops.explain_finding
    return answer(case=case, by=by, at=at, **said)

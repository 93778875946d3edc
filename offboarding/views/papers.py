"""The papers of a case: which there can be, writing what one asks for with the paper beside it, issuing, reissuing."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ehr import clock
from ehr.access import requires
from ehr.documents import kind_of
from ehr.documents.models import Document
from ehr.once import once

from .. import operations as ops
from ..models import Case
from ..paper_forms import PaperForm
from ..permissions import Permission
from ..queries import papers as queries
from .doors import back_to, others_case

REISSUED_ONLY = "certificate"


@require_GET
@requires(Permission.MANAGE_CASE)
def papers(request: HttpRequest, pk: Any) -> HttpResponse:
    case = _managed(request, pk)
    history = queries.history_of(request.user, case)
    context = {
        "case": case,
        "rows": queries.papers_of(request.user, case),
        "history": history,
        "may_reissue": {row.pk for row in history if queries.may_reissue(row, case)},
    }
    return render(request, "offboarding/papers.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_CASE)
@once
def paper(request: HttpRequest, pk: Any, kind: str) -> HttpResponse:
    case, at = _managed(request, pk), clock.now()
    variant = _variant(request, case, kind)
    if request.method == "GET" and (there := queries.there_already(request.user, case, kind)):
        return _there(request, case, there)
    form = PaperForm(request.POST or None, asked=queries.asked_in(case, kind, variant=variant))
    if request.method == "POST" and form.attempt(
        lambda _said: ops.issue_paper(case=case, kind=kind, variant=variant, by=request.user, at=at, **form.said())
    ):
        messages.success(request, _("Prepared: %(number)s.") % {"number": form.result.number})
        return back_to(request, f"{case.url}papers/")
    return _page(request, case, kind, variant, form, submit=_("Issue the paper"))


@require_POST
@requires(Permission.MANAGE_CASE)
def paper_preview(request: HttpRequest, pk: Any, kind: str) -> HttpResponse:
    """The paper beside the form, as it stands now."""
    case = _managed(request, pk)
    variant = _variant(request, case, kind)
    form = PaperForm(request.POST, asked=queries.asked_in(case, kind, variant=variant))
    form.is_valid()
    return render(request, "offboarding/_paper_preview.html", _shown(request, case, kind, variant, form))


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_CASE)
@once
def paper_reissue(request: HttpRequest, pk: Any, document_pk: Any) -> HttpResponse:
    case, at = _managed(request, pk), clock.now()
    rows = Document.objects.visible_to(request.user).for_subject(case.ref).select_related("text", "data_key")
    document = get_object_or_404(rows, pk=document_pk)
    variant = document.text.variant if document.text else ""
    asked = queries.asked_in(case, document.kind, variant=variant)
    form = PaperForm(request.POST or None, asked=asked, initial=document.context)
    if request.method == "POST" and form.attempt(
        lambda _said: ops.reissue_paper(document=document, case=case, by=request.user, at=at, **form.said())
    ):
        messages.success(request, _("Prepared: %(number)s.") % {"number": form.result.number})
        return back_to(request, f"{case.url}papers/")
    return _page(request, case, document.kind, variant, form, submit=_("Reissue it"), replaced=document)


def _variant(request: HttpRequest, case: Case, kind: str) -> str:
    if kind != REISSUED_ONLY:
        ops.paper_of(case, kind, request.user)  # type: ignore[arg-type]
    return queries.variant_of(case, kind_of(kind), request.GET.get("variant", ""))


def _page(
    request: HttpRequest, case: Case, kind: str, variant: str, form: PaperForm, *, submit: str, **more: Any
) -> HttpResponse:
    context = _shown(request, case, kind, variant, form) | {"case": case, "form": form, "submit": submit} | more
    status = 422 if request.method == "POST" else 200
    return render(request, "offboarding/paper.html", context, status=status)


def _there(request: HttpRequest, case: Case, document: Document) -> HttpResponse:
    context = {
        "case": case,
        "document": document,
        "may_reissue": queries.may_reissue(document, case),
        "is_served": queries.is_served(document),
    }
    return render(request, "offboarding/paper_there.html", context)


def _shown(request: HttpRequest, case: Case, kind: str, variant: str, form: PaperForm) -> dict[str, Any]:
    words, missing = queries.draft_of(case, kind, variant=variant, given=form.so_far, at=clock.now())
    return {"kind": kind_of(kind), "variant": variant, "words": words, "missing": missing}


def _managed(request: HttpRequest, pk: Any) -> Case:
    return others_case(request, pk, Permission.MANAGE_CASE)

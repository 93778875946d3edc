"""The editor of texts: written with the paper beside it, checked against its fields, published by a second person."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ehr import access, clock
from ehr.access import requires
from ehr.documents import sampling
from ehr.documents import texts as operations
from ehr.documents.attachments import download
from ehr.documents.comparing import changed_lines
from ehr.documents.forms import BodyForm, NewTextForm, NoteForm
from ehr.documents.models import PaperText
from ehr.documents.models.paper_text import problem_words
from ehr.documents.permissions import Permission
from ehr.once import once


@require_http_methods(["GET", "POST"])
@requires(Permission.VIEW_TEXTS)
@once
def texts(request: HttpRequest) -> HttpResponse:
    form, at = NewTextForm(request.POST or None), clock.now()
    if request.method == "POST" and not access.has(request.user, Permission.EDIT_TEXTS):
        raise access.Forbidden(Permission.EDIT_TEXTS)
    if request.method == "POST" and form.attempt(
        lambda _said: operations.open_draft(**form.chosen(), by=request.user, at=at)
    ):
        return redirect(form.result)
    rows = PaperText.objects.visible_to(request.user).exclude(state=PaperText.State.RETIRED)
    context = {
        "rows": rows.select_related("entity").defer("body").order_by("kind", "variant", "entity__name", "version"),
        "form": form,
        "may_edit": access.has(request.user, Permission.EDIT_TEXTS),
    }
    return render(request, "documents/texts.html", context, status=422 if request.method == "POST" else 200)


@require_http_methods(["GET", "POST"])
@requires(Permission.VIEW_TEXTS)
@once
def text(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A draft is saved with its mistakes; what can't be published yet is said beside it."""
    row = _text(request, pk)
    if request.method == "GET":
        return _editor(request, row, form=BodyForm(initial={"body": row.body}))
    access.check(request.user, Permission.EDIT_TEXTS, row)
    form, at = BodyForm(request.POST), clock.now()
    if form.attempt(
        lambda said: operations.write(
            text=row, by=request.user, at=at, body=said["body"], read=request.POST.get("read", "")
        )
    ):
        messages.success(request, _("Saved."))
        return redirect(row)
    return _editor(request, row, form=form)


@require_POST
@requires(Permission.EDIT_TEXTS)
@once
def text_draft(request: HttpRequest, pk: UUID) -> HttpResponse:
    row, by, at = _text(request, pk), request.user, clock.now()
    if row.state == PaperText.State.OFFERED:
        return redirect(operations.take_over(text=row, by=by, at=at))
    return redirect(operations.open_draft(kind=row.kind, variant=row.variant, entity=row.entity, by=by, at=at))


@require_POST
@requires(Permission.VIEW_TEXTS)
def text_preview(request: HttpRequest, pk: UUID) -> HttpResponse:
    """With the examples of its fields; nothing is kept."""
    row, form = _text(request, pk), BodyForm(request.POST)
    form.is_valid()
    body = form.cleaned_data.get("body", "")
    context = _preview(row, body, bilingual=form.cleaned_data.get("bilingual", False))
    return render(request, "documents/_text_preview.html", context)


@require_GET
@requires(Permission.VIEW_TEXTS)
def text_sample(request: HttpRequest, pk: UUID) -> HttpResponse:
    """As it prints, with a watermark."""
    row, is_bilingual = _text(request, pk), "bilingual" in request.GET
    if row.problems:
        return redirect(row)
    pdf = sampling.sample_pdf(row, bilingual=is_bilingual, at=clock.now())
    return download(pdf, name=f"{row.kind}-{row.version}-sample.pdf", media_type="application/pdf")


@require_POST
@requires(Permission.EDIT_TEXTS)
@once
def text_review(request: HttpRequest, pk: UUID) -> HttpResponse:
    row, form, at = _text(request, pk), NoteForm(request.POST), clock.now()
    if form.attempt(lambda said: operations.ask_review(text=row, note=said["note"], by=request.user, at=at)):
        messages.success(request, _("A second person has been asked to publish it."))
        return redirect(row)
    return _editor(request, row, form=BodyForm(initial={"body": row.body}), note=form)


@require_POST
@requires(Permission.PUBLISH_TEXTS)
@once
def text_publication(request: HttpRequest, pk: UUID) -> HttpResponse:
    row = _text(request, pk)
    operations.publish(text=row, by=request.user, at=clock.now(), read=request.POST.get("read", ""))
    messages.success(request, _("In force for new papers. Those that were issued keep their version."))
    return redirect(row)


@require_POST
@requires(Permission.EDIT_TEXTS)
@once
def text_taking_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    row = _text(request, pk)
    operations.take_back(text=row, by=request.user, at=clock.now())
    return redirect(row)


@require_POST
@requires(Permission.EDIT_TEXTS)
@once
def text_discard(request: HttpRequest, pk: UUID) -> HttpResponse:
    operations.discard(text=_text(request, pk), by=request.user, at=clock.now())
    return redirect("documents:texts")


def _text(request: HttpRequest, pk: UUID) -> PaperText:
    return get_object_or_404(PaperText.objects.visible_to(request.user).select_related("entity"), pk=pk)


def _preview(row: PaperText, body: str, *, bilingual: bool) -> dict[str, Any]:
    row.body = body
    found = row.problems
    words = "" if found else sampling.sample_words(row, body=body, bilingual=bilingual, at=clock.now())
    return {"text": row, "words": words, "problems": [problem_words(one, row.spec) for one in found]}


def _changes(row: PaperText) -> list[tuple[str, str]]:
    """What is not in force yet, against what is."""
    if row.state in (PaperText.State.IN_FORCE, PaperText.State.RETIRED):
        return []
    current = PaperText.objects.for_paper(kind=row.kind, variant=row.variant, entity=row.entity)
    return list(changed_lines(current.body, row.body))


def _editor(request: HttpRequest, row: PaperText, *, form: BodyForm, note: NoteForm | None = None) -> HttpResponse:
    may_edit = access.has(request.user, Permission.EDIT_TEXTS)
    versions = list(PaperText.objects.same_as(row).select_related("published_by").defer("body").order_by("-version"))
    context = _preview(row, row.body, bilingual=False) | {
        "offered": next((one for one in versions if one.state == PaperText.State.OFFERED), None),
        "changes": _changes(row),
        "form": form,
        "note": note or NoteForm(),
        "fields": row.spec.merge.values(),
        "versions": versions,
        "may_edit": may_edit,
        "may_write": may_edit and row.state == PaperText.State.DRAFT,
        "may_publish": access.has(request.user, Permission.PUBLISH_TEXTS) and row.edited_by_id != request.user.pk,
    }
    return render(request, "documents/text_editor.html", context, status=422 if request.method == "POST" else 200)

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from ehr import access, clock
from ehr.documents import queries, rendering
from ehr.documents.attachments import attachment, download
from ehr.documents.models import Document
from ehr.documents.permissions import Permission
from ehr.errors import WrongState
from ehr.identity.door_access import narrow_door

PDF = "application/pdf"


@require_GET
@access.requires(Permission.VIEW_DOCUMENTS)
def documents(request: HttpRequest) -> HttpResponse:
    """Papers by stage; a clerk sees first what waits for the seal."""
    shown = queries.list_of(request.user, stage=request.GET.get("stage", ""), cursor=request.GET.get("after", ""))
    return render(request, "documents/list.html", {"shown": shown})


@narrow_door
@require_GET
@access.requires(Permission.VIEW_DOCUMENTS)
def mine(request: HttpRequest) -> HttpResponse:
    """What stands behind the narrow door: the papers about oneself that have been issued."""
    template = "documents/_mine.html" if request.headers.get("HX-Request") else "documents/mine.html"
    return render(request, template, {"documents": queries.own_papers(request.user)})


@narrow_door
@require_GET
@access.requires(Permission.VIEW_DOCUMENTS)
def detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    return render(request, "documents/detail.html", {"page": queries.detail_of(request.user, _visible(request, pk))})


@narrow_door
@require_GET
@access.requires(Permission.VIEW_DOCUMENTS)
def file(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The sealed file; made here when the worker has not got to it yet."""
    document = _visible(request, pk)
    if document.is_issued and not document.is_rendered:
        document = rendering.render(document.pk, at=clock.now())
    if not document.is_rendered:
        raise WrongState(queries.not_issued_words(), allowed=document.actions)
    return attachment(key=document.file_key, name=document.file_name, media_type=PDF)


@require_GET
@access.requires(Permission.VIEW_DOCUMENTS)
def preview(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What the paper will look like, without seal and with a watermark."""
    document = _visible(request, pk)
    return download(rendering.preview(document), name=f"{document.number}-preview.pdf", media_type=PDF)


def _visible(request: HttpRequest, pk: UUID) -> Document:
    rows = Document.objects.visible_to(request.user).select_related(
        "entity", "unit", "holder", "released_by", "revoked_by", "supersedes", "data_key"
    )
    return get_object_or_404(rows, pk=pk)

"""The evidence packs of an exit: asked for, watched, downloaded by whoever asked."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from ehr import clock
from ehr.access import requires
from ehr.documents.attachments import attachment
from ehr.once import once

from .. import operations as ops
from ..models import EvidencePack
from ..pack.writing import ZIP
from ..permissions import Permission
from .doors import back_to, others_case

SHOWN = 20


@require_http_methods(["GET", "POST"])
@requires(Permission.EXPORT_EVIDENCE)
@once
def packs(request: HttpRequest, pk: Any) -> HttpResponse:
    case = others_case(request, pk, Permission.EXPORT_EVIDENCE)
    if request.method == "POST":
        ops.ask_pack(case=case, by=request.user, at=clock.now())
        return back_to(request, reverse("offboarding:packs", args=[case.pk]))
    rows = list(EvidencePack.objects.visible_to(request.user).filter(case=case).order_by("-id")[:SHOWN])
    context = {"case": case, "packs": rows, "is_under_way": any(row.is_under_way for row in rows)}
    template = "offboarding/_packs.html" if request.headers.get("HX-Request") else "offboarding/packs.html"
    return render(request, template, context)


@require_POST
@requires(Permission.EXPORT_EVIDENCE)
def download(request: HttpRequest, pk: Any, pack_pk: Any) -> HttpResponse:
    case = others_case(request, pk, Permission.EXPORT_EVIDENCE)
    pack = get_object_or_404(EvidencePack.objects.visible_to(request.user), case=case, pk=pack_pk)
    pack.case = case
    ops.take_pack(pack=pack, by=request.user, at=clock.now())
    return attachment(key=pack.file_key, name=pack.name, media_type=ZIP)

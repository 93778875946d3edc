"""The way to one handover, one item, one file: what is not visible is 404."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from ehr.identity.sessions import is_narrow
from handover import queries
from handover.models import Handover, HandoverItem, ItemFile
from handover.permissions import Permission


def handover_of(request: HttpRequest, pk: UUID, permission: Permission = Permission.VIEW_HANDOVERS) -> Handover:
    return get_object_or_404(Handover.objects.visible_to(request.user, permission).for_page(), pk=pk)  # type: ignore[arg-type]


def item_of(request: HttpRequest, pk: UUID, item_pk: UUID) -> HandoverItem:
    rows = HandoverItem.objects.visible_to(request.user).filter(handover=handover_of(request, pk))  # type: ignore[arg-type]
    return get_object_or_404(
        rows.select_related("handover__employment__person", "handover__employment__unit"), pk=item_pk
    )


def file_of(request: HttpRequest, pk: UUID, item_pk: UUID, file_pk: UUID) -> ItemFile:
    return get_object_or_404(item_of(request, pk, item_pk).files_for(request.user), pk=file_pk)


def shown(request: HttpRequest, pk: UUID, *, item: UUID | None = None, status: int = 200, **more: Any) -> HttpResponse:
    """The page of a handover, or the fragment of its open item when htmx asked."""
    page = queries.page_of(request.user, handover_of(request, pk), item=item, **more)
    template = "handover/fill.html" if page.is_leaver else "handover/confirm.html"
    if request.headers.get("HX-Request"):
        template = "handover/_fill_item.html" if page.is_leaver else "handover/_confirm_item.html"
    frame = "base_plain.html" if is_narrow(request) else "base.html"
    return render(request, template, {"page": page, "item": page.current, "frame": frame}, status=status)


def go_on(request: HttpRequest, pk: UUID, *, item: UUID | None = None) -> HttpResponse:
    """After a deed: the same page with the next thing open; htmx loads it whole, since counters and list change too."""
    url = queries.url_of(pk, item)
    if request.headers.get("HX-Request"):
        return HttpResponse(status=200, headers={"HX-Redirect": url})
    return redirect(url)

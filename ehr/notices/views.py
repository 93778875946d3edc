from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from ehr import access, clock
from ehr.notices.models import Notice
from ehr.once import once

PER_PAGE = 30


@require_GET
@access.signed_in
def inbox(request: HttpRequest) -> HttpResponse:
    rows = Notice.objects.of(request.user).order_by("-id")
    before = _uuid(request.GET.get("before", ""))
    page = list((rows.filter(id__lt=before) if before else rows)[: PER_PAGE + 1])
    following = f"?before={page[PER_PAGE - 1].pk}" if len(page) > PER_PAGE else ""
    shown = page[:PER_PAGE]
    context = {"notices": shown, "next": following, "has_unread": any(notice.read_at is None for notice in shown)}
    return render(request, "notices/inbox.html", context)


@require_POST
@access.signed_in
@once
def reading(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Marks it read and goes where it points."""
    notice = get_object_or_404(Notice.objects.of(request.user), pk=pk)
    Notice.objects.filter(pk=notice.pk).mark_read(at=clock.now())
    safe = url_has_allowed_host_and_scheme(notice.url, allowed_hosts=None)
    return redirect(notice.url if notice.url and safe else "notices:inbox")


@require_POST
@access.signed_in
@once
def reading_of_all(request: HttpRequest) -> HttpResponse:
    Notice.objects.of(request.user).mark_read(at=clock.now())
    return redirect("notices:inbox")


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from ehr import access, clock
from ehr.deadlines import demo_clock, queries
from ehr.identity.door_access import narrow_door
from ehr.once import once


@require_GET
@access.signed_in
def inbox(request: HttpRequest) -> HttpResponse:
    """What waits for me, oldest and red first. The rows alone for htmx, which asks for the next page."""
    at, rows = clock.now(), queries.waiting_for(request.user)
    after = queries.Cursor.of(request.GET.get("after", ""))
    page, following = queries.page_of(rows, after)
    context = {"groups": list(queries.grouped(page, at)), "next": following, "at": at, "is_first": after is None}
    if request.headers.get("HX-Request"):
        return render(request, "deadlines/_rows.html", context)
    return render(request, "deadlines/inbox.html", context | {"counts": queries.counts(rows, at)})


@require_GET
@access.signed_in
def done(request: HttpRequest) -> HttpResponse:
    """What I finished last."""
    return render(request, "deadlines/done.html", {"deadlines": queries.done_by(request.user)})


@narrow_door
@require_GET
@access.signed_in
def door_duties(request: HttpRequest) -> HttpResponse:
    """What somebody who left still has to do, and can do from behind the narrow door."""
    template = "deadlines/_door_duties.html" if request.headers.get("HX-Request") else "deadlines/door_duties.html"
    return render(request, template, {"duties": queries.own_duties(request.user)})


@require_POST
@access.signed_in
@once
def demo_time(request: HttpRequest) -> HttpResponse:
    """Put the demo's clock forward; without EHR_DEMO the page does not exist."""
    days = request.POST.get("days", "")
    demo_clock.put_forward(days=int(days) if days.isdecimal() else None, by=request.user, at=clock.now())
    back = request.POST.get("next", "/")
    return redirect(back if url_has_allowed_host_and_scheme(back, {request.get_host()}) else "/")

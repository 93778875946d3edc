from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from ehr import access
from ehr.identity.door_access import narrow_door
from handover import queries
from handover.permissions import Permission
from handover.views.doors import item_of, shown


@require_GET
@access.requires(Permission.VIEW_HANDOVERS)
def handovers(request: HttpRequest) -> HttpResponse:
    """Mine to fill first; then those of my units. With one list of one's own and nothing else, straight to it."""
    mine = queries.mine(request.user)
    running = queries.in_progress(request.user, cursor=request.GET.get("after", ""))
    signed = queries.signed_off(request.user, cursor=request.GET.get("signed", ""))
    if len(mine) == 1 and not running.rows and not signed.rows:
        return redirect(mine[0])
    return render(request, "handover/list.html", {"mine": mine, "running": running, "signed": signed})


@require_GET
@access.requires(Permission.VIEW_HANDOVERS)
def confirmations(request: HttpRequest) -> HttpResponse:
    return render(request, "handover/confirmations.html", {"rows": queries.to_confirm(request.user)})


@narrow_door
@require_GET
@access.requires(Permission.VIEW_HANDOVERS)
def detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    return shown(request, pk, item=queries.chosen(request.GET.get("item", "")))


@narrow_door
@require_GET
@access.requires(Permission.VIEW_HANDOVERS)
def item(request: HttpRequest, pk: UUID, item_pk: UUID) -> HttpResponse:
    return shown(request, pk, item=item_of(request, pk, item_pk).pk)

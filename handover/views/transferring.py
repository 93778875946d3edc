"""Everything in flight to named people: looked up, reviewed, confirmed; afterwards what came of each line."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ehr import access, clock
from ehr.errors import Refused
from ehr.once import once
from handover import operations, queries
from handover.forms import TakerForm
from handover.models import Handover, Transfer, TransferLine
from handover.permissions import Permission
from handover.views.doors import handover_of


@require_http_methods(["GET", "POST"])
@access.requires(Permission.TRANSFER_WORK)
@once
def transfer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """POST: look up what is in flight, for the first time or again before it is confirmed."""
    handover = _handover(request, pk)
    if request.method == "POST":
        operations.propose_transfer(handover=handover, by=request.user, at=clock.now())  # type: ignore[arg-type]
        return redirect("handover:transfer", pk)
    return _page(request, handover)


@require_POST
@access.requires(Permission.TRANSFER_WORK)
@once
def transfer_line(request: HttpRequest, pk: UUID, line_pk: UUID) -> HttpResponse:
    """{username}: somebody else takes it. After the set time it moves at once."""
    handover = _handover(request, pk)
    rows = TransferLine.objects.filter(transfer__handover=handover).select_related("transfer__handover")
    line, at = get_object_or_404(rows, pk=line_pk), clock.now()
    form = TakerForm(request.POST, auto_id=f"id_{line.pk}_%s")
    if form.attempt(
        lambda said: operations.choose_taker(line=line, to=said["username"], by=request.user, at=at)  # type: ignore[arg-type]
    ):
        return redirect("handover:transfer", pk)
    return _page(request, handover, status=422, wrong=line.pk, wrong_form=form)


@require_POST
@access.requires(Permission.TRANSFER_WORK)
@once
def transfer_confirmation(request: HttpRequest, pk: UUID) -> HttpResponse:
    handover = _handover(request, pk)
    plan = get_object_or_404(Transfer.objects.select_related("handover"), handover=handover)
    try:
        operations.confirm_transfer(plan=plan, by=request.user, at=clock.now())  # type: ignore[arg-type]
    except Refused as problem:
        return _page(request, handover, status=422, problem=problem)
    messages.success(request, _("Confirmed. It moves at the set time."))
    return redirect("handover:transfer", pk)


def _handover(request: HttpRequest, pk: UUID) -> Handover:
    return handover_of(request, pk, Permission.TRANSFER_WORK)


def _page(request: HttpRequest, handover: Handover, *, status: int = 200, **more: Any) -> HttpResponse:
    page = queries.transfer_page(handover)
    for line in page.lines:
        proposed = {"username": line.to.username if line.to else ""}
        fresh = TakerForm(initial=proposed, auto_id=f"id_{line.pk}_%s")
        line.form = more["wrong_form"] if more.get("wrong") == line.pk else fresh  # type: ignore[attr-defined]
    return render(request, "handover/transfer.html", {"page": page, **more}, status=status)

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from ehr import access, clock
from ehr.errors import Refused
from ehr.once import once
from handover import operations, queries
from handover.forms import SuccessorForm, WitnessForm
from handover.permissions import Permission
from handover.views.doors import go_on, handover_of, item_of, shown


@require_POST
@access.requires(Permission.VIEW_HANDOVERS)
@once
def confirmation(request: HttpRequest, pk: UUID, item_pk: UUID) -> HttpResponse:
    """{decision: confirm | return, comment}: whose word it is stands on the item, not in a role."""
    item = item_of(request, pk, item_pk)
    decision, comment = request.POST.get("decision", ""), request.POST.get("comment", "")
    try:
        operations.decide_item(item=item, decision=decision, comment=comment, by=request.user, at=clock.now())
    except Refused as problem:
        return shown(request, pk, item=item_pk, status=422, problem=problem)
    said = _("Confirmed: %(title)s") if decision == "confirm" else _("Returned: %(title)s")
    messages.success(request, said % {"title": item.title})
    return go_on(request, pk)


@require_POST
@access.requires(Permission.VIEW_HANDOVERS)
@once
def bulk_confirmation(request: HttpRequest, pk: UUID) -> HttpResponse:
    handover = handover_of(request, pk)
    chosen = [one for one in map(queries.chosen, request.POST.getlist("item")) if one]
    done = operations.confirm_many(handover=handover, item_ids=chosen, by=request.user, at=clock.now())
    messages.success(request, ngettext("%(n)s item confirmed.", "%(n)s items confirmed.", done) % {"n": done})
    return go_on(request, pk)


@require_POST
@access.requires(Permission.VIEW_HANDOVERS)
@once
def witnessing(request: HttpRequest, pk: UUID, item_pk: UUID) -> HttpResponse:
    item = item_of(request, pk, item_pk)
    operations.witness_item(item=item, by=request.user, at=clock.now())
    messages.success(request, _("Seen: %(title)s") % {"title": item.title})
    return go_on(request, pk)


@require_POST
@access.requires(Permission.SIGN_HANDOVERS)
@once
def witness(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The head names who looks on."""
    handover, form = handover_of(request, pk), WitnessForm(request.POST)
    access.check(request.user, Permission.SIGN_HANDOVERS, handover)
    at = clock.now()
    if not form.attempt(
        lambda said: operations.name_witness(handover=handover, witness=said["username"], by=request.user, at=at)
    ):
        return shown(request, pk, status=422, witness_form=form)
    messages.success(request, _("Named as witness: %(name)s") % {"name": form.cleaned_data["username"]})
    return go_on(request, pk)


@require_POST
@access.requires(Permission.TRANSFER_WORK)
@once
def successor(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The head or HR names who takes over, also later than the approval."""
    handover, form, at = handover_of(request, pk, Permission.TRANSFER_WORK), SuccessorForm(request.POST), clock.now()
    if not form.attempt(
        lambda said: operations.name_successor(handover=handover, successor=said["username"], by=request.user, at=at)
    ):
        return shown(request, pk, status=422, successor_form=form)
    messages.success(request, _("Named as successor: %(name)s") % {"name": form.cleaned_data["username"]})
    return go_on(request, pk)


@require_POST
@access.requires(Permission.SIGN_HANDOVERS)
@once
def completeness(request: HttpRequest, pk: UUID) -> HttpResponse:
    handover = handover_of(request, pk)
    operations.state_complete(handover=handover, by=request.user, at=clock.now())
    messages.success(request, _("Noted: the list is complete."))
    return go_on(request, pk)


@require_POST
@access.requires(Permission.SIGN_HANDOVERS)
@once
def sign_off(request: HttpRequest, pk: UUID) -> HttpResponse:
    """{decision: sign | return, comment}: the head's word about the whole."""
    handover = handover_of(request, pk)
    access.check(request.user, Permission.SIGN_HANDOVERS, handover)
    decision, comment = request.POST.get("decision", ""), request.POST.get("comment", "")
    said = {"decision": decision, "comment": comment, "bilingual": "bilingual" in request.POST}
    try:
        operations.decide_handover(handover=handover, **said, by=request.user, at=clock.now())
    except Refused as problem:
        return shown(request, pk, status=422, problem=problem)
    messages.success(request, _("Signed. The letter is on its way.") if decision == "sign" else _("Returned."))
    return go_on(request, pk)

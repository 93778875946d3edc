from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from ehr import access, clock
from ehr.documents.uploads import MOST_FILES
from ehr.errors import Refused
from ehr.identity.door_access import narrow_door
from ehr.once import once
from handover import operations
from handover.forms import AddItemForm, ExplanationForm
from handover.models import HandoverItem
from handover.permissions import Permission
from handover.views.doors import go_on, handover_of, item_of, shown


@narrow_door
@require_POST
@access.requires(Permission.FILL_ITEMS)
@once
def submission(request: HttpRequest, pk: UUID, item_pk: UUID) -> HttpResponse:
    """Hand in one item with its photos and files; `save` keeps the text and the files for later."""
    item = item_of(request, pk, item_pk)
    access.check(request.user, Permission.FILL_ITEMS, item.handover)
    written = _written(request)
    try:
        _keep(request, item, written)
        if "save" in request.POST:
            messages.success(request, _("Saved; not handed in yet."))
            return go_on(request, pk, item=item_pk)
        operations.submit_item(item=item, **written, by=request.user, at=clock.now())
    except Refused as problem:
        return shown(request, pk, item=item_pk, status=422, problem=problem, written=written)
    messages.success(request, _("Handed in: %(title)s") % {"title": item.title})
    return go_on(request, pk)


@require_POST
@access.requires(Permission.FILL_ITEMS)
@once
def explanation(request: HttpRequest, pk: UUID, item_pk: UUID) -> HttpResponse:
    """Why the claim and what a system recorded differ."""
    item, form, at = item_of(request, pk, item_pk), ExplanationForm(request.POST), clock.now()
    access.check(request.user, Permission.FILL_ITEMS, item.handover)
    if not form.attempt(lambda said: operations.explain_item(item=item, **said, by=request.user, at=at)):
        return shown(request, pk, item=item_pk, status=422, explanation_form=form)
    messages.success(request, _("Explained: %(title)s") % {"title": item.title})
    return go_on(request, pk)


@require_POST
@access.requires(Permission.ADD_ITEMS)
@once
def items(request: HttpRequest, pk: UUID) -> HttpResponse:
    handover = handover_of(request, pk)
    access.check(request.user, Permission.ADD_ITEMS, handover)
    form, at = AddItemForm(request.POST), clock.now()
    if not form.attempt(lambda said: operations.add_item(handover=handover, **said, by=request.user, at=at)):
        return shown(request, pk, status=422, add_form=form)
    messages.success(request, _("Added: %(title)s") % {"title": form.result.title})
    return go_on(request, pk, item=form.result.pk)


def _keep(request: HttpRequest, item: HandoverItem, written: dict[str, Any]) -> None:
    """Text first, then each file: what is refused takes nothing of the rest with it."""
    operations.save_draft(item=item, **written, by=request.user)
    for upload in request.FILES.getlist("file")[: MOST_FILES + 1]:
        operations.attach_file(
            item=item, name=upload.name or "", size=upload.size or 0, content=upload, by=request.user, at=clock.now()
        )


def _written(request: HttpRequest) -> dict[str, Any]:
    return {
        "fields": {name: request.POST[name] for name in request.POST},
        "text": request.POST.get("text", ""),
        "is_nothing": "is_nothing" in request.POST,
    }


@require_POST
@access.requires(Permission.ADD_ITEMS)
@once
def sources(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Every source once more, by the leaver or the head."""
    handover = handover_of(request, pk)
    access.check(request.user, Permission.ADD_ITEMS, handover)
    added = operations.look_again(handover=handover, by=request.user, at=clock.now())  # type: ignore[arg-type]
    words = ngettext("%(n)s item came onto the list.", "%(n)s items came onto the list.", len(added))
    messages.success(request, words % {"n": len(added)} if added else _("Nothing new; what is listed stays."))
    return go_on(request, pk)

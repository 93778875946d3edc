from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from ehr import access, clock
from ehr.documents.attachments import attachment
from ehr.identity.door_access import narrow_door
from ehr.once import once
from handover import operations
from handover.permissions import Permission
from handover.views.doors import file_of, go_on


@narrow_door
@require_GET
@access.requires(Permission.VIEW_HANDOVERS)
def file(request: HttpRequest, pk: UUID, item_pk: UUID, file_pk: UUID) -> HttpResponse:
    row = file_of(request, pk, item_pk, file_pk)
    return attachment(key=row.file_key, name=row.name, media_type=row.media_type)


@narrow_door
@require_POST
@access.requires(Permission.FILL_ITEMS)
@once
def file_removal(request: HttpRequest, pk: UUID, item_pk: UUID, file_pk: UUID) -> HttpResponse:
    row = file_of(request, pk, item_pk, file_pk)
    operations.remove_file(file=row, by=request.user, at=clock.now())
    messages.success(request, _("Removed: %(name)s") % {"name": row.name})
    return go_on(request, pk, item=item_pk)

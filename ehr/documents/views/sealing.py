from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from ehr import access, clock
from ehr.documents import issuing
from ehr.documents.models import Document
from ehr.documents.permissions import Permission
from ehr.errors import Refused
from ehr.once import once


@require_POST
@access.requires(Permission.RELEASE_DOCUMENTS)
@once
def release(request: HttpRequest, pk: UUID) -> HttpResponse:
    document = _visible(request, pk, Permission.RELEASE_DOCUMENTS)
    issuing.release(document, by=request.user, at=clock.now())
    messages.success(request, _("Sealed and issued: %(number)s.") % {"number": document.number})
    return redirect(document)


@require_POST
@access.requires(Permission.RELEASE_DOCUMENTS)
@once
def releases(request: HttpRequest) -> HttpResponse:
    """Many at once: what somebody else sealed in the meantime is passed over, and said."""
    asked = [one for one in request.POST.getlist("document") if _is_id(one)]
    done = issuing.release_many(asked, by=request.user, at=clock.now())
    text = ngettext("%(n)s paper sealed.", "%(n)s papers sealed.", done) % {"n": done}
    if done < len(asked):
        text += " " + _("The others were not waiting for you any more.")
    messages.success(request, text)
    return redirect("documents:list")


@require_POST
@access.requires(Permission.REVOKE_DOCUMENTS)
@once
def revocation(request: HttpRequest, pk: UUID) -> HttpResponse:
    document = _visible(request, pk, Permission.REVOKE_DOCUMENTS)
    reason = request.POST.get("reason", "").strip()
    if not reason:
        raise Refused("reason_missing", _("Say why this paper no longer counts."), field="reason")
    issuing.revoke(document, reason=reason[:500], by=request.user, at=clock.now())
    messages.success(request, _("Revoked: %(number)s.") % {"number": document.number})
    return redirect(document)


def _is_id(text: str) -> bool:
    try:
        return bool(UUID(text))
    except ValueError:
        return False


def _visible(request: HttpRequest, pk: UUID, permission: Permission) -> Document:
    document = get_object_or_404(Document.objects.visible_to(request.user), pk=pk)
    access.check(request.user, permission, document)
    return document

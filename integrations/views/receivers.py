from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from ehr import access
from integrations.permissions import Permission
from integrations.receivers import journal


@require_GET
@access.requires(Permission.VIEW_RECEIVERS)
def page(request: HttpRequest) -> HttpResponse:
    """What the bundled systems of the demo have got. Read from their own journals, so no system is called here."""
    if not settings.EHR_DEMO:
        raise Http404
    return render(request, "integrations/receivers.html", {"receivers": journal.read_all()})

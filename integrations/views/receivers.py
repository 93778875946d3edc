from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from ehr import access
from integrations.permissions import Permission
from integrations.receivers import journal


@require_http_methods(["GET", "POST"])
@access.requires(Permission.VIEW_RECEIVERS)
def page(request: HttpRequest) -> HttpResponse:
    """What the bundled systems of the demo have got. Read from their own journals, so no system is called here.
    A POST makes one of them refuse its next request, to see what a failure looks like and how it is retried."""
    if not settings.EHR_DEMO:
        raise Http404
    if request.method == "POST":
        journal.refuse_next(request.POST.get("refuse", ""))
        messages.success(request, _("It will refuse the next request, once."))
        return redirect("integrations:receivers")
    return render(request, "integrations/receivers.html", {"receivers": journal.read_all()})


@require_GET
@access.signed_in
def letters(request: HttpRequest) -> HttpResponse:
    """The reader's own mailbox in the demo: what its mail server took for their addresses, the newest first."""
    if not settings.EHR_DEMO:
        raise Http404
    user: Any = request.user
    own = {user.email, *(contact.value for contact in user.contacts.select_related("data_key"))}
    kept = [letter for letter in journal.letters() if own & set(letter["to"].split(", "))]
    name = "_letters" if request.headers.get("HX-Request") else "letters"
    return render(request, f"integrations/{name}.html", {"letters": kept[:5]})

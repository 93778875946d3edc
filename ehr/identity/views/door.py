"""The narrow door: for people who left, to fetch their own documents and see their open duties."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ehr import clock
from ehr.identity.contacts import Contact
from ehr.identity.door_access import narrow_door
from ehr.identity.forms import CodeForm, DoorForm
from ehr.identity.operations import open_door, send_code
from ehr.identity.sessions import is_narrow
from ehr.once.tally import count_try

PENDING = "door_contact"
KNOCKS = 10  # a quarter of an hour and address


@narrow_door
@never_cache
@require_http_methods(["GET", "POST"])
def door(request: HttpRequest) -> HttpResponse:
    """Inside: the page of somebody who left. Outside: asks for the address; the answer never says if it is known."""
    if request.user.is_authenticated:
        return render(request, "identity/door.html") if is_narrow(request) else redirect("/")
    form = DoorForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "identity/door_sign_in.html", {"form": form}, status=422 if form.is_bound else 200)
    if _knocks_too_often(request):
        form.add_error(None, _("Too many attempts. Please wait a quarter of an hour."))
        return render(request, "identity/door_sign_in.html", {"form": form}, status=429)
    request.session[PENDING] = _send(form.cleaned_data["contact"])
    return redirect("identity:door_code")


@narrow_door
@never_cache
@require_http_methods(["GET", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    if PENDING not in request.session:
        return redirect("identity:door")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        contact = Contact.objects.select_related("user").filter(pk=request.session[PENDING] or None).first()
        if contact is not None and open_door(request, contact, code=form.cleaned_data["code"], at=clock.now()):
            request.session.pop(PENDING, None)
            return redirect("identity:door")
        form.add_error("code", _("This code is not right, or it has expired."))
    return render(request, "identity/door_code.html", {"form": form}, status=422 if form.is_bound else 200)


def _send(value: str) -> str:
    at = clock.now()
    contact = Contact.objects.for_door(value, at=at)
    if contact is None:
        return ""
    send_code(contact, at=at)
    return str(contact.pk)


def _knocks_too_often(request: HttpRequest) -> bool:
    return count_try("door", request.META.get("REMOTE_ADDR", ""), seconds=900) > KNOCKS

"""One click on the login page signs in as one of the demo's cast. Exists only in the demo, on loopback."""

from ipaddress import ip_address

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from ehr.identity.demo import CAST
from ehr.identity.models import User
from ehr.identity.sessions import FACTOR


@require_POST
def sign_in(request: HttpRequest) -> HttpResponse:
    if not is_open(request):
        raise Http404
    name = request.POST.get("username", "")
    user = get_object_or_404(User.objects.with_full_access(), username=name if name in CAST else "")
    login(request, user, backend="ehr.identity.backends.PasswordBackend")
    request.session[FACTOR] = True
    return redirect(_target(request))


def is_open(request: HttpRequest) -> bool:
    """Asked of the connection; a proxy in front would connect from loopback too, so its headers close the door."""
    forwarded = "X-Forwarded-For" in request.headers or "Forwarded" in request.headers
    return bool(settings.EHR_DEMO) and not forwarded and _is_loopback(request.META.get("REMOTE_ADDR", ""))


def _is_loopback(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False


def _target(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "")
    return wanted if url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}) else "/"

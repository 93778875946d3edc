"""Three questions before any view: still there? by the narrow door? second factor shown?"""

from collections.abc import Callable
from typing import Any

from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.urls import reverse
from django.utils.http import urlencode

from ehr import access
from ehr.identity import idle
from ehr.identity.sessions import is_narrow, shown_second_factor

GetResponse = Callable[[HttpRequest], HttpResponse]

SESSION_KEY = "_auth_user_id"

ON_THE_WAY = frozenset(
    {
        "account_login",
        "account_logout",
        "account_reauthenticate",
        "account_reset_password",
        "mfa_activate_totp",
        "mfa_authenticate",
        "mfa_reauthenticate",
        "set_language",
        "demo:sign_in",
        "healthz",
        "readyz",
    }
)
"""URL names that somebody without the second factor may still open."""


def may_be_signed_in(request: HttpRequest) -> bool:
    """Costs nothing for static files, health checks and API tokens, which carry no session cookie."""
    return bool(request.session.get(SESSION_KEY))


class IdleMiddleware:
    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if may_be_signed_in(request) and request.user.is_authenticated:
            privileged = access.is_privileged(request.user)
            if idle.age_of(request).is_over(privileged=privileged):
                logout(request)
        response = self.get_response(request)
        if may_be_signed_in(request):
            idle.mark(request, response)
        return response


class NarrowDoorMiddleware:
    """Behind the narrow door a URL exists only when its view says `@narrow_door`."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        if not may_be_signed_in(request) or not is_narrow(request) or not request.user.is_authenticated:
            return None
        if getattr(view, "narrow_door", False) or _name(request) in ("set_language", "account_logout"):
            return None
        if request.path == "/" and request.method == "GET":
            return redirect("identity:door")
        raise Http404


class SecondFactorMiddleware:
    """HR, finance, IT, administrators … reach nothing before they have shown a second factor in this session.

    Asked of the session and not of the way in, so a password reset, a role given after the sign-in or an
    old session open no way around it.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        if not may_be_signed_in(request) or not request.user.is_authenticated or _name(request) in ON_THE_WAY:
            return None
        if not access.is_privileged(request.user) or shown_second_factor(request):
            return None
        return _send_to_factor(request)


def _send_to_factor(request: HttpRequest) -> HttpResponse:
    from allauth.mfa.models import Authenticator

    enrolled = Authenticator.objects.filter(user=request.user, type=Authenticator.Type.TOTP).exists()
    target = reverse("mfa_reauthenticate" if enrolled else "mfa_activate_totp")
    if request.path.startswith("/api/"):
        return HttpResponse(status=403, content="second factor required", content_type="text/plain")
    if request.headers.get("HX-Request"):
        return HttpResponse(status=403, headers={"HX-Redirect": target})
    following = request.get_full_path() if request.method == "GET" else resolve_url("/")
    return redirect(f"{target}?{urlencode({'next': following})}")


def _name(request: HttpRequest) -> str:
    return request.resolver_match.view_name if request.resolver_match else ""

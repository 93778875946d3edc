"""The two doors of every view: may they do this at all (`requires`), and to this one (`check`)."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast
from urllib.parse import urlsplit

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from ehr.access.held import has
from ehr.errors import Forbidden

View = TypeVar("View", bound=Callable[..., HttpResponse])


def requires(permission: str) -> Callable[[View], View]:
    """Anonymous goes to the sign-in page; without the permission in any scope it is 403."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return to_sign_in(request)
            if not has(request.user, permission):
                raise Forbidden(str(permission))
            return view(request, *args, **kwargs)

        guarded.permission = str(permission)  # type: ignore[attr-defined]
        return cast(View, guarded)

    return decorate


def signed_in(view: View) -> View:
    """For pages that everybody has: only anonymous is turned away."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return view(request, *args, **kwargs) if request.user.is_authenticated else to_sign_in(request)

    return cast(View, guarded)


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """And back to the page afterwards; who left has no sign-in, but the narrow door. A form that came too late is not
    taken, and its address shows nothing: the way back leads to the page it stood on."""
    from django.contrib import messages  # needs loaded apps
    from django.contrib.auth.views import redirect_to_login

    if request.headers.get("HX-Request"):
        return HttpResponse(status=401, headers={"HX-Redirect": redirect_to_login(_page_before(request)).url})
    if request.path.startswith(door := resolve_url("identity:door")):
        return redirect(door)
    if request.method in ("GET", "HEAD"):
        return redirect_to_login(request.get_full_path())
    messages.warning(request, _("You were signed out meanwhile, so this was not taken. Sign in and send it once more."))
    return redirect_to_login(_page_before(request))


def _page_before(request: HttpRequest) -> str:
    page = request.headers.get("HX-Current-URL") or request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(page, allowed_hosts={request.get_host()}):
        return "/"
    return urlsplit(page)._replace(scheme="", netloc="").geturl() or "/"


def check(user: Any, permission: str, row: Model) -> None:
    """The row is visible, but is this permission held for it? Otherwise 403."""
    allowed = type(row)._default_manager.visible_to(user, permission)  # type: ignore[attr-defined]
    if not allowed.filter(pk=row.pk).exists():
        raise Forbidden(str(permission))


def refuse_self(user: Any, *people: Any) -> None:
    """Nobody acts on their own case: `people` are the users it is about."""
    if user is not None and any(person is not None and person.pk == user.pk for person in people):
        raise Forbidden("own_case")

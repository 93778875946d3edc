from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _
from rest_framework import authentication, exceptions
from rest_framework.request import Request

from ehr import access, clock

if TYPE_CHECKING:
    from ehr.identity.tokens import ApiToken


class SessionAuthentication(authentication.SessionAuthentication):
    """The browser's session, with its CSRF check; answers 401 rather than 403 to nobody."""

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="api"'


class BearerTokenAuthentication(authentication.BaseAuthentication):
    """`Authorization: Bearer ehr_…`. One statement finds token, owner and whether a second factor is enrolled."""

    def authenticate(self, request: Request) -> tuple[Any, "ApiToken"] | None:
        scheme, _space, plain = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            return None
        token = self._alive(plain.strip())
        if request.method not in ("GET", "HEAD", "OPTIONS") and token.scope == token.Scope.READ:
            raise exceptions.PermissionDenied(_("This token may only read."))
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="api"'

    def _alive(self, plain: str) -> "ApiToken":
        from ehr.identity.tokens import ApiToken, digest

        at = clock.now()
        token = (
            ApiToken.objects.select_related("user")
            .annotate(has_factor=_has_factor())
            .filter(digest=digest(plain))
            .first()
        )
        if token is None or not token.is_alive(at):
            raise exceptions.AuthenticationFailed(_("The token is unknown, expired or revoked."))
        if access.is_privileged(token.user) and not token.has_factor:
            raise exceptions.AuthenticationFailed(_("Set up the second factor in the browser first."))
        if token.needs_mark_of_use(at):
            ApiToken.objects.filter(pk=token.pk).update(last_used_at=at)
        return token


def _has_factor() -> Exists:
    from allauth.mfa.models import Authenticator

    return Exists(Authenticator.objects.filter(user=OuterRef("user"), type=Authenticator.Type.TOTP))

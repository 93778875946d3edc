"""Where allauth asks the house."""

import base64
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest

from ehr import access
from ehr.crypto.keyring import secret_for
from ehr.crypto.wrapping import unwrap, wrap
from ehr.identity.sessions import proved_recently

PLACE = b"mfa.authenticator"


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts come from the roster, never from a form."""
        return False

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Whoever typed the password a moment ago isn't asked for it again, above all not while enrolling."""
        return not proved_recently(context.request) and bool(super().is_reauthentication_required(app=app, **kwargs))

    def get_client_ip(self, request: HttpRequest) -> str:
        """Of the connection itself: a header could be anybody's."""
        return str(request.META.get("REMOTE_ADDR", ""))


class MfaAdapter(DefaultMFAAdapter):
    """The secret of a second factor rests encrypted; whoever must have one can't remove it."""

    def encrypt(self, text: str) -> str:
        return base64.b64encode(wrap(secret_for("mfa"), text.encode(), PLACE)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return unwrap(secret_for("mfa"), base64.b64decode(encrypted_text), PLACE).decode()

    def can_delete_authenticator(self, authenticator: Any) -> bool:
        return not access.is_privileged(authenticator.user)

    def get_totp_label(self, user: Any) -> str:
        return str(user.username)

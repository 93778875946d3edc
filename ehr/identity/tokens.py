"""API tokens: shown once, kept as a hash, dead with the owner's access epoch."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Optional

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from ehr import record
from ehr.identity.events import TokenIssued, TokenRevoked
from ehr.lib.ids import uuid7

if TYPE_CHECKING:
    from ehr.identity.models import User

LIFETIME = timedelta(days=90)
MARK = "ehr_"
USED_AT_STEP = timedelta(hours=1)


def digest(plain: str) -> str:
    """256 random bits need no slow hash."""
    return hashlib.sha256(plain.encode()).hexdigest()


class ApiToken(models.Model):
    class Scope(models.TextChoices):
        FULL = "full", _("Everything its owner may do")
        READ = "read", _("Reading only")
        SIGNALS = "signals", _("Sending signals only")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="api_tokens")
    prefix = models.CharField(max_length=12)
    digest = models.CharField(max_length=64, unique=True)
    scope = models.CharField(max_length=20, choices=Scope, default=Scope.FULL)
    access_epoch = models.PositiveIntegerField()
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("API token")

    def __str__(self) -> str:
        return f"{self.prefix}…"

    @classmethod
    def issue(
        cls, *, user: "User", scope: str = Scope.FULL, at: datetime, by: Optional["User"] = None
    ) -> tuple["ApiToken", str]:
        plain = MARK + secrets.token_urlsafe(32)
        with transaction.atomic():
            token = cls.objects.create(
                user=user,
                prefix=plain[:12],
                digest=digest(plain),
                scope=cls.Scope(scope).value,
                access_epoch=user.access_epoch,
                created_at=at,
                expires_at=at + LIFETIME,
            )
            fact = TokenIssued(
                token_id=str(token.pk),
                user_id=str(user.pk),
                scope=token.scope,
                expires_at=token.expires_at.isoformat(),
            )
            record.emit(fact, subject=token, by=by, at=at)
        return token, plain

    def revoke(self, *, by: Any, at: datetime) -> None:
        with transaction.atomic():
            if not ApiToken.objects.filter(pk=self.pk, revoked_at=None).update(revoked_at=at):
                return
            self.revoked_at = at
            record.emit(TokenRevoked(token_id=str(self.pk), user_id=str(self.user_id)), subject=self, by=by, at=at)

    def is_alive(self, at: datetime) -> bool:
        return (
            self.revoked_at is None
            and at < self.expires_at
            and self.access_epoch == self.user.access_epoch
            and self.user.has_full_access
        )

    def needs_mark_of_use(self, at: datetime) -> bool:
        """Last use is kept to the hour, so that not every request writes."""
        return self.last_used_at is None or at - self.last_used_at > USED_AT_STEP

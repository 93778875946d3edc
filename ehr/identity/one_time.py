import hmac
import secrets
from datetime import datetime, timedelta
from typing import Any, Self

from django.db import models
from django.db.models import F, Q

from ehr.crypto.keyring import secret_for

CODE_LIVES = timedelta(minutes=10)
CODE_PAUSE = timedelta(seconds=60)
CODE_TRIES = 5


class OneTimeCode(models.Model):
    """A row that somebody proves with six digits: sent once a minute, good for ten, tried five times, used once."""

    code_digest = models.CharField(max_length=64, blank=True)
    code_sent_at = models.DateTimeField(null=True)
    code_tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        abstract = True

    # --- Changing ---------------------------------------------------------------------------------------
    def renew_code(self, *, at: datetime) -> str | None:
        """A fresh code, or None when the last one was sent less than a minute ago."""
        code = f"{secrets.randbelow(10**6):06}"
        renewed = self._own().filter(Q(code_sent_at=None) | Q(code_sent_at__lte=at - CODE_PAUSE))
        changed = renewed.update(code_digest=self._digest(code), code_sent_at=at, code_tries=0)
        return code if changed else None

    def accepts(self, code: str, *, at: datetime) -> bool:
        """Each try counts before it is looked at, and a right code works once."""
        self.count_try()
        return self.spend_code(code, at=at)

    def count_try(self) -> None:
        """Alone, and committed first, where a wrong code takes back everything that came with it."""
        self._own().filter(code_tries__lte=CODE_TRIES).update(code_tries=F("code_tries") + 1)

    def spend_code(self, code: str, *, at: datetime) -> bool:
        right = self._own().filter(
            code_digest=self._digest(code), code_tries__lte=CODE_TRIES, code_sent_at__gt=at - CODE_LIVES
        )
        return bool(right.update(code_digest=""))

    # --- Asking -----------------------------------------------------------------------------------------
    def _own(self) -> "models.QuerySet[Self]":
        rows: Any = type(self)._default_manager
        return rows.filter(pk=self.pk)  # type: ignore[no-any-return]

    def _digest(self, code: str) -> str:
        return hmac.new(secret_for("identity.code"), f"{self.pk}:{code}".encode(), "sha256").hexdigest()

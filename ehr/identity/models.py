from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models, transaction
from django.db.models import F
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from ehr import record
from ehr.crypto.models import DataKey
from ehr.errors import WrongState
from ehr.identity.contacts import Contact
from ehr.identity.events import AccessClosed, AccessReopened, AccountLocked, AccountUnlocked
from ehr.identity.signing_codes import SigningCode
from ehr.identity.tokens import ApiToken
from ehr.lib.ids import uuid7

__all__ = ["ApiToken", "Contact", "SigningCode", "User"]

DOOR_OPEN_FOR = timedelta(days=731)
"""24 months: how long somebody who left may fetch own documents through the narrow door."""


class UserQuerySet(models.QuerySet["User"]):
    def with_full_access(self) -> "UserQuerySet":
        return self.filter(is_active=True, access_closed_at=None)


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    def create_user(self, username: str, password: str | None = None, **fields: object) -> "User":
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user  # type: ignore[no-any-return]


class User(AbstractBaseUser, PermissionsMixin):  # type: ignore[django-manager-missing]  # guardian has no types
    """Somebody who can sign in. What they may do stands in ehr.access."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    username = models.CharField(_("username"), max_length=150, unique=True)
    display_name = models.CharField(_("name"), max_length=100, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    language = models.CharField(_("language"), max_length=10, default="zh-hans")
    is_active = models.BooleanField(_("active"), default=True)
    access_epoch = models.PositiveIntegerField(default=0)
    access_closed_at = models.DateTimeField(null=True, blank=True)
    data_key = models.ForeignKey(DataKey, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = UserManager()

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")

    def __str__(self) -> str:
        return self.display_name or self.username

    # --- Changing ---------------------------------------------------------------------------------------
    def close_access(self, *, at: datetime, by: Any = None) -> None:
        """Ends every session and API token at their next request; only the narrow door stays."""
        with transaction.atomic():
            self._turn_epoch(access_closed_at=at)
            record.emit(AccessClosed(user_id=str(self.pk)), subject=self, by=by, at=at)

    def reopen_access(self, *, at: datetime, by: Any = None) -> None:
        """Somebody is hired again. Old sessions and tokens stay dead."""
        with transaction.atomic():
            self._turn_epoch(access_closed_at=None)
            record.emit(AccessReopened(user_id=str(self.pk)), subject=self, by=by, at=at)

    @transaction.atomic
    def lock(self, *, by: Any, at: datetime) -> None:
        """Sessions and API tokens end at their next request; nothing opens it but `unlock`, not even a new password."""
        if not User.objects.filter(pk=self.pk, is_active=True).update(
            is_active=False, access_epoch=F("access_epoch") + 1
        ):
            raise WrongState(str(_("This account is locked already.")), allowed=["unlocking"])
        self.refresh_from_db(fields=["is_active", "access_epoch"])
        record.emit(AccountLocked(user_id=str(self.pk)), subject=self, by=by, at=at)

    @transaction.atomic
    def unlock(self, *, by: Any, at: datetime) -> None:
        if not User.objects.filter(pk=self.pk, is_active=False).update(is_active=True):
            raise WrongState(str(_("This account is not locked.")), allowed=["locking"])
        self.refresh_from_db(fields=["is_active"])
        record.emit(AccountUnlocked(user_id=str(self.pk)), subject=self, by=by, at=at)

    def sign_out_everywhere(self) -> None:
        self._turn_epoch()

    def _turn_epoch(self, **fields: Any) -> None:
        User.objects.filter(pk=self.pk).update(access_epoch=F("access_epoch") + 1, **fields)
        self.refresh_from_db(fields=["access_epoch", *fields])

    # --- Asking -----------------------------------------------------------------------------------------
    @property
    def has_full_access(self) -> bool:
        return self.is_active and self.access_closed_at is None

    def may_use_door(self, at: datetime) -> bool:
        return self.is_active and self.access_closed_at is not None and at < self.access_closed_at + DOOR_OPEN_FOR

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Django compares this with the session at every request, so a turned epoch ends all of them at once."""
        material = f"{self.password}:{self.access_epoch}"
        return salted_hmac("ehr.identity.session", material, secret=secret, algorithm="sha256").hexdigest()

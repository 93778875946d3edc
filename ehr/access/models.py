from datetime import date
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Case, Q, Value, When
from django.utils.translation import gettext_lazy as _

from ehr.access.labels import ROLE_LABELS
from ehr.access.roles import Role
from ehr.lib.ids import uuid7
from ehr.units.models import OrgUnit, path_prefixes

if TYPE_CHECKING:
    from ehr.identity.models import User

HEAD_ROLE = Case(When(kind="store", then=Value(Role.STORE_MANAGER.value)), default=Value(Role.HEAD.value))
"""Whoever heads a unit holds this role over it without a grant row."""


class RoleGrantQuerySet(models.QuerySet["RoleGrant"]):
    def valid(self, on: date) -> "RoleGrantQuerySet":
        return self.filter(Q(valid_from=None) | Q(valid_from__lte=on), Q(valid_to=None) | Q(valid_to__gte=on))

    def held_by(self, user: "User") -> Any:
        """(role, path, valid_from, valid_to) of the grants and of the units the user heads; one statement."""
        granted = self.filter(user=user).values_list("role", "unit__path", "valid_from", "valid_to")
        never = Value(None, output_field=models.DateField())
        heads = OrgUnit.objects.filter(head=user).values_list(HEAD_ROLE, "path", never, never)
        return granted.union(heads, all=True)

    def holders(self, role: Role, unit: OrgUnit | None, *, on: date) -> list[tuple[Any, str | None]]:
        """(user id, path) of everybody who holds the role on the unit or above it."""
        above = path_prefixes(unit.path) if unit else []
        granted = self.valid(on).filter(Q(unit=None) | Q(unit__path__in=above), role=role)
        granted = granted.filter(user__is_active=True, user__access_closed_at=None)
        found: list[tuple[Any, str | None]] = list(granted.values_list("user_id", "unit__path"))
        if role in (Role.HEAD, Role.STORE_MANAGER):
            heads = OrgUnit.objects.annotate(gives=HEAD_ROLE).filter(path__in=above, head__is_active=True, gives=role)
            found += heads.filter(head__access_closed_at=None).values_list("head_id", "path")
        return found


class RoleGrant(models.Model):
    """A role given to a user for a unit and everything below it; without a unit, for the whole group."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="role_grants")
    role = models.CharField(_("role"), max_length=30, choices=[(role.value, ROLE_LABELS[role]) for role in Role])
    unit = models.ForeignKey(OrgUnit, null=True, blank=True, on_delete=models.PROTECT, related_name="role_grants")
    valid_from = models.DateField(_("from"), null=True, blank=True)
    valid_to = models.DateField(_("until"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = RoleGrantQuerySet.as_manager()

    class Meta:
        verbose_name = _("role grant")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "unit"], nulls_distinct=False, name="one_grant_per_user_role_unit"
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_from=None) | Q(valid_to__gte=models.F("valid_from")),
                name="a_grant_ends_after_it_begins",
            ),
        ]
        indexes = [models.Index(fields=["role", "unit"], name="grant_by_role_unit")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} {self.unit_id or '*'}"

    @property
    def label(self) -> Any:
        return ROLE_LABELS[Role(self.role)]

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ehr import access, record
from ehr.access import NOTHING
from ehr.crypto.fields import EncryptedJSONField
from ehr.crypto.keyring import secret_for
from ehr.crypto.models import DataKey
from ehr.errors import Refused
from ehr.lib.ids import uuid7
from ehr.units.models import OrgUnit, path_prefixes
from integrations import events
from integrations.connectors.protocol import Connector, Manifest
from integrations.connectors.registry import connector
from integrations.permissions import Permission
from integrations.rules.planning import nearest

if TYPE_CHECKING:
    from ehr.identity.models import User

EIGHTEEN = time(18)
NO_BASIS = _("This system is abroad. Record first on what basis personal data may go there.")


def dismissals() -> list[str]:
    return ["dismissal"]


class ConnectionQuerySet(models.QuerySet["Connection"]):
    def visible_to(self, user: Any, permission: str = Permission.VIEW_CONNECTION) -> ConnectionQuerySet:
        """Those of one's own units, and those above that the units inherit."""
        reached = access.scope(user, permission, unit="unit__path")
        if permission == Permission.CHANGE_CONNECTION:
            return self.filter(reached)
        mine = OrgUnit.objects.filter(access.scope(user, permission, unit="path")).values_list("path", flat=True)
        above = {prefix for path in _tops(mine) for prefix in path_prefixes(path)}
        return self.filter(reached | Q(unit__path__in=above) | (Q(unit=None) if above else NOTHING))

    def of_unit(self, unit: OrgUnit) -> list[Connection]:
        """What is in force for a unit: one of each name, the nearest up the tree."""
        above = self.filter(Q(unit=None) | Q(unit__path__in=path_prefixes(unit.path)))
        found = above.select_related("unit", "data_key")
        return [each for each in nearest(found) if each.enabled and each.mode != Connection.Mode.IGNORE]

    def mail(self) -> Connection | None:
        """The one that carries the house's own letters."""
        letters = self.filter(connector="smtp", enabled=True).select_related("unit", "data_key")
        return letters.order_by(models.F("unit__path").asc(nulls_first=True), "id").first()

    def sending(self, action: str) -> Connection | None:
        """The signed webhook that carries messages of this kind; the topmost of the company."""
        hooks = self.filter(connector="webhook", enabled=True, config__sends__contains=[action])
        found = hooks.exclude(mode=Connection.Mode.IGNORE).select_related("unit", "data_key")
        return found.order_by(models.F("unit__path").asc(nulls_first=True), "id").first()


class Connection(models.Model):
    """One other system, valid for a unit and everything below it. Its secrets can be replaced, never read back."""

    class Mode(models.TextChoices):
        AUTO = "auto", _("Automatic")
        BY_HAND = "by_hand", _("By hand")
        IGNORE = "ignore", _("Ignore")

    class ExportBasis(models.TextChoices):
        """What lets personal data go abroad (PIPL 38)."""

        ASSESSMENT = "assessment", _("Security assessment passed (PIPL 38(1), 40)")
        CERTIFICATION = "certification", _("Certified by a professional body (PIPL 38(1))")
        CONTRACT = "contract", _("Standard contract, on file with the authority (PIPL 38(1))")
        EXEMPT = "exempt", _("Needed for HR management under lawful rules or a collective contract: exempt")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.SlugField(_("short name"), max_length=40)
    title = models.CharField(_("name"), max_length=80)
    unit = models.ForeignKey(OrgUnit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    connector = models.CharField(_("kind of system"), max_length=20)
    config = models.JSONField(default=dict)
    data_key = models.ForeignKey(DataKey, on_delete=models.PROTECT, related_name="+")
    secrets = EncryptedJSONField(null=True)
    fingerprints = models.JSONField(default=dict)
    mode = models.CharField(_("how"), max_length=10, choices=Mode, default=Mode.AUTO)
    enabled = models.BooleanField(default=True)
    hour = models.TimeField(_("hour on the last day"), default=EIGHTEEN)
    at_once_for = models.JSONField(_("at once for"), default=dismissals)
    deadline_seconds = models.FloatField(default=15)
    receiver_seconds = models.FloatField(default=15)
    margin_seconds = models.FloatField(default=2)
    rate = models.FloatField(_("requests per second"), default=10)
    bulkhead = models.PositiveSmallIntegerField(_("at the same time"), default=4)
    condition = models.CharField(max_length=10, blank=True)
    condition_reason = models.CharField(max_length=80, blank=True)
    condition_ms = models.PositiveIntegerField(null=True)
    condition_at = models.DateTimeField(null=True)
    export_basis = models.CharField(_("basis for sending abroad"), max_length=20, choices=ExportBasis, blank=True)
    export_reference = models.CharField(_("paper behind it"), max_length=120, blank=True)
    export_recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    export_recorded_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ConnectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("connection")
        constraints = [
            models.UniqueConstraint(fields=["unit", "name"], nulls_distinct=False, name="connection_name_once_per_unit")
        ]

    def __str__(self) -> str:
        return self.title

    # --- Creating -----------------------------------------------------------------------------------------
    @classmethod
    @transaction.atomic
    def set_up(
        cls,
        *,
        name: str,
        title: str,
        connector: str,
        unit: OrgUnit | None,
        config: Mapping[str, Any],
        secrets: Mapping[str, str],
        by: User | None,
        at: datetime,
        **fields: Any,
    ) -> Connection:
        from integrations.models.gauge import Gauge

        row = cls(name=name, title=title, connector=connector, unit=unit, config=dict(config), **fields)
        row.enabled = row.enabled and row.may_send
        row.data_key = DataKey.issue()
        row._keep_secrets(secrets, by=by, at=at)
        row.save(force_insert=True)
        Gauge.objects.create(connection=row, tokens=row.manifest.burst)
        record.emit(events.ConnectionAdded(connection_id=str(row.pk), name=name), subject=row, by=by, at=at)
        return row

    # --- Changing -----------------------------------------------------------------------------------------
    @transaction.atomic
    def change(self, *, fields: Mapping[str, Any], secrets: Mapping[str, str], by: User | None, at: datetime) -> None:
        """Secrets that are left empty stay as they are."""
        changed = [name for name, value in fields.items() if getattr(self, name) != value]
        for name in changed:
            setattr(self, name, fields[name])
        given = {name: secret for name, secret in secrets.items() if secret}
        if given:
            self._keep_secrets({**(self.secrets or {}), **given}, by=by, at=at)
        if not changed and not given:
            return
        self.save()
        fact = events.ConnectionChanged(connection_id=str(self.pk), name=self.name, fields=sorted([*changed, *given]))
        record.emit(fact, subject=self, by=by, at=at)

    @transaction.atomic
    def record_export_basis(self, *, basis: str, reference: str, by: User, at: datetime) -> None:
        """Who said on which paper personal data may go abroad. Another one takes its place; the record keeps both."""
        self.export_basis, self.export_reference = basis, reference
        self.export_recorded_by, self.export_recorded_at = by, at
        self.save(update_fields=["export_basis", "export_reference", "export_recorded_by", "export_recorded_at"])
        fact = events.ConnectionExportBasisRecorded(
            connection_id=str(self.pk), name=self.name, basis=basis, reference=reference
        )
        record.emit(fact, subject=self, by=by, at=at)

    @transaction.atomic
    def switch(self, *, enabled: bool, by: User | None, at: datetime) -> None:
        if enabled:
            self.refuse_without_basis()
        self.enabled = enabled
        self.save(update_fields=["enabled"])
        fact = events.ConnectionSwitched(connection_id=str(self.pk), name=self.name, enabled=enabled)
        record.emit(fact, subject=self, by=by, at=at)

    def note_health(self, *, condition: str, reason: str, milliseconds: int, at: datetime) -> None:
        Connection.objects.filter(pk=self.pk).update(
            condition=condition, condition_reason=reason[:80], condition_ms=milliseconds, condition_at=at
        )

    def _keep_secrets(self, secrets: Mapping[str, str], *, by: User | None, at: datetime) -> None:
        before = self.fingerprints
        self.secrets = {name: secret for name, secret in secrets.items() if secret}
        self.fingerprints = {
            name: _kept(before.get(name), fingerprint(secret), by=by, at=at) for name, secret in self.secrets.items()
        }

    # --- Asking -------------------------------------------------------------------------------------------
    @property
    def manifest(self) -> Manifest:
        return self.plug.manifest

    @property
    def plug(self) -> Connector:
        return connector(self.connector)

    @property
    def may_send(self) -> bool:
        """Nothing goes abroad before its basis is recorded (decisions 15)."""
        return bool(self.export_basis) or not self.manifest.exports_abroad

    def refuse_without_basis(self) -> None:
        if not self.may_send:
            raise Refused("B_EXPORT_BASIS", str(NO_BASIS), article="PIPL 38, 39, 55", field="basis")

    @property
    def depth(self) -> int:
        return len(path_prefixes(self.unit.path)) if self.unit else 0

    @property
    def zone(self) -> str:
        return self.unit.time_zone if self.unit else "Asia/Shanghai"

    @property
    def lease_seconds(self) -> float:
        """Longer than the call may take plus what the receiver may still do with it afterwards."""
        return self.deadline_seconds + self.receiver_seconds + self.margin_seconds

    @property
    def url(self) -> str:
        return f"/connections/{self.pk}/"


def fingerprint(secret: str) -> str:
    """Four characters by which two people can tell that they mean the same secret."""
    return hmac.new(secret_for("integrations.fingerprint"), secret.encode(), hashlib.sha256).hexdigest()[:4]


def _kept(before: dict[str, str] | None, mark: str, *, by: User | None, at: datetime) -> dict[str, str]:
    if before and before.get("mark") == mark:
        return before
    return {"mark": mark, "by": str(by or ""), "at": at.isoformat()}


def _tops(paths: Any) -> list[str]:
    """The highest of the given paths; what lies below them is implied."""
    tops: list[str] = []
    for path in sorted(paths):
        if not tops or not path.startswith(tops[-1]):
            tops.append(path)
    return tops

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from ehr import record
from ehr.errors import WrongState
from ehr.lib.ids import uuid7

from .. import events

if TYPE_CHECKING:
    from ehr.identity.models import User


class ImportState(models.TextChoices):
    UPLOADED = "uploaded", _("Being read")
    MAPPING = "mapping", _("Columns to map")
    CHECKING = "checking", _("Dry run is on")
    CHECKED = "checked", _("Dry run is done")
    APPLYING = "applying", _("Being written")
    DONE = "done", _("Written")
    FAILED = "failed", _("Not readable")


WORKING = (ImportState.UPLOADED, ImportState.CHECKING, ImportState.APPLYING)


class ImportRunQuerySet(models.QuerySet["ImportRun"]):
    def visible_to(self, user: User, permission: str = "employees.import_employees") -> ImportRunQuerySet:
        """An import shows people of all units, so it is visible to whoever may import for the whole group."""
        from ehr import access

        return self.filter(access.scope(user, permission))

    def waiting(self) -> ImportRunQuerySet:
        return self.filter(state__in=WORKING)


class ImportRun(models.Model):
    """One file on its way in: uploaded → mapping → checking → checked → applying → done."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    state = models.CharField(max_length=10, choices=ImportState, default=ImportState.UPLOADED)
    filename = models.CharField(_("file"), max_length=200)
    size = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    head = models.JSONField(default=dict, help_text="Headers, proposals and masked samples of the file.")
    mapping = models.JSONField(default=dict, help_text="Header of the file to field.")
    by_api = models.BooleanField(default=False, help_text="No stop for the mapping: what is not given is proposed.")
    goes_on = models.BooleanField(default=False, help_text="No stop after the dry run.")
    rows_total = models.PositiveIntegerField(default=0)
    rows_done = models.PositiveIntegerField(default=0)
    report = models.JSONField(default=dict)
    error = models.CharField(max_length=60, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        indexes = [
            models.Index(fields=["state"], condition=models.Q(state__in=WORKING), name="import_waiting"),
            models.Index(fields=["-created_at"], name="import_newest"),
        ]

    def __str__(self) -> str:
        return self.filename

    # --- Changing -----------------------------------------------------------------------------------------
    def map_columns(self, *, mapping: dict[str, str], by: User | None, at: datetime) -> None:
        allowed = (ImportState.MAPPING, ImportState.CHECKED)
        self._move(ImportState.CHECKING, allowed, at, mapping=mapping, rows_done=0, report={})

    @transaction.atomic
    def start_writing(self, *, by: User | None, at: datetime) -> None:
        self._move(ImportState.APPLYING, (ImportState.CHECKED,), at, rows_done=0)
        fact = events.ImportStarted(import_id=str(self.pk), rows=self.rows_total, sha256=self.sha256)
        record.emit(fact, subject=self, by=by, at=at)

    def read(self, *, head: dict[str, Any], at: datetime) -> None:
        self._move(ImportState.MAPPING, (ImportState.UPLOADED,), at, head=head, rows_total=head["rows"])

    def checked(self, *, report: dict[str, Any], at: datetime) -> None:
        self._move(ImportState.CHECKED, (ImportState.CHECKING,), at, report=report)

    @transaction.atomic
    def finish(self, *, report: dict[str, Any], at: datetime) -> None:
        self._move(ImportState.DONE, (ImportState.APPLYING,), at, report=report, rows_done=report["rows_in"])
        fact = events.ImportFinished(
            import_id=str(self.pk),
            accepted=report["accepted"],
            updated=report["updated"],
            rejected=report["rejected_count"],
        )
        record.emit(fact, subject=self, by=self.created_by, at=at)

    def fail(self, *, error: str, at: datetime) -> None:
        self._move(ImportState.FAILED, WORKING, at, error=error)

    def forget(self, *, at: datetime) -> None:
        self._move(ImportState.FAILED, (ImportState.MAPPING, ImportState.CHECKED), at, error="file_gone")

    def progress(self, rows_done: int) -> None:
        ImportRun.objects.filter(pk=self.pk).update(rows_done=rows_done)

    def _move(self, to: str, allowed: tuple[str, ...], at: datetime, **fields: Any) -> None:
        fields |= {"state": to, "changed_at": at}
        if not ImportRun.objects.filter(pk=self.pk, state__in=allowed).update(**fields):
            raise WrongState(str(_("The import is not at this step any more.")))
        for name, value in fields.items():
            setattr(self, name, value)

    # --- Asking -------------------------------------------------------------------------------------------
    @property
    def is_working(self) -> bool:
        return self.state in WORKING

    @property
    def percent(self) -> int:
        return min(100, self.rows_done * 100 // self.rows_total) if self.rows_total else 0

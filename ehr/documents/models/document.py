from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ehr import access, record
from ehr.crypto.fields import EncryptedJSONField
from ehr.documents import events
from ehr.documents.codes import grouped, new_code
from ehr.documents.kinds import DocumentKind, guarded, kind_of, title_of
from ehr.documents.permissions import Permission
from ehr.errors import WrongState
from ehr.lib.ids import uuid7

if TYPE_CHECKING:
    from ehr.identity.models import User


class DocumentState(models.TextChoices):
    WAITING = "waiting", _("Waiting for the seal")
    ISSUED = "issued", _("Issued")
    REVOKED = "revoked", _("Revoked")
    SUPERSEDED = "superseded", _("Superseded")


ACTIONS: dict[str, tuple[str, ...]] = {
    DocumentState.WAITING.value: ("release", "revoke"),
    DocumentState.ISSUED.value: ("revoke",),
}


class DocumentQuerySet(models.QuerySet["Document"]):
    def visible_to(self, user: "User", permission: str = Permission.VIEW_DOCUMENTS) -> "DocumentQuerySet":
        """The person it is about sees a paper only once it is theirs to see: quiet cases show nothing."""
        by_role = _readable(user, access.scope(user, permission, unit="unit__path"), permission)
        own = access.scope(user, permission, own="holder_id") & Q(holder=user.pk, shown_at__isnull=False)
        return self.filter(by_role | own)

    def for_subject(self, ref: str) -> "DocumentQuerySet":
        return self.filter(subject=ref).order_by("id")

    def waiting(self) -> "DocumentQuerySet":
        return self.filter(state=DocumentState.WAITING)

    def unrendered(self) -> "DocumentQuerySet":
        """Those that failed before come last."""
        return self.filter(state=DocumentState.ISSUED, rendered_at=None).order_by("render_attempts", "id")


def _readable(user: "User", by_role: Q, permission: str) -> Q:
    """A guarded kind is read by those who hold its own permission, and by them alone."""
    for kind in guarded():
        holds = access.scope(user, kind.permission, unit="unit__path")
        by_role &= ~Q(kind=kind.code) | holds
        if permission == Permission.VIEW_DOCUMENTS:
            by_role |= Q(kind=kind.code) & holds
    return by_role


class Document(models.Model):
    """One paper with its number. What it says is encrypted under its person's key; erasing the key empties it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=40)
    entity = models.ForeignKey("units.LegalEntity", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("units.OrgUnit", null=True, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    sequence = models.PositiveIntegerField()
    number = models.CharField(_("number"), max_length=60, unique=True)
    verify_code = models.CharField(max_length=26, unique=True, default=new_code, db_collation="C")
    subject = models.CharField(max_length=120)
    occasion = models.CharField(max_length=40, blank=True)
    holder = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="papers")
    holder_name = models.CharField(_("for"), max_length=100)
    data_key = models.ForeignKey("crypto.DataKey", on_delete=models.PROTECT, related_name="+")
    context = EncryptedJSONField()
    content_sha256 = models.CharField(max_length=64)
    template_version = models.PositiveSmallIntegerField()
    text = models.ForeignKey("PaperText", null=True, on_delete=models.PROTECT, related_name="papers")
    edition = models.PositiveSmallIntegerField(default=1)
    supersedes = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="later")
    state = models.CharField(max_length=12, choices=DocumentState, default=DocumentState.WAITING)
    due_at = models.DateTimeField(null=True)
    prepared_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField()
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    standing_release = models.ForeignKey("StandingRelease", null=True, on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField(null=True)
    issuer_name = models.CharField(max_length=120, blank=True)
    seal_key = models.CharField(max_length=200, blank=True)
    """The employer's name and seal when it was issued; without a key the seal is drawn from that name."""
    shown_at = models.DateTimeField(null=True)
    show_when_issued = models.BooleanField(default=True)
    revoked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    revoked_at = models.DateTimeField(null=True)
    revoked_because = models.CharField(max_length=500, blank=True)
    file_key = models.CharField(max_length=200, blank=True)
    file_sha256 = models.CharField(max_length=64, blank=True)
    file_size = models.PositiveIntegerField(default=0)
    render_attempts = models.PositiveSmallIntegerField(default=0)
    rendered_at = models.DateTimeField(null=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document")
        constraints = [
            models.UniqueConstraint(fields=["entity", "kind", "year", "sequence"], name="one_paper_per_number"),
            models.CheckConstraint(condition=Q(rendered_at=None) | ~Q(file_sha256=""), name="rendered_has_hash"),
            models.CheckConstraint(condition=Q(issued_at=None) | ~Q(issuer_name=""), name="issued_names_its_issuer"),
        ]
        indexes = [
            models.Index(fields=["subject"], name="document_subject"),
            models.Index(fields=["state", "-id"], name="document_state"),
            models.Index(fields=["holder", "-id"], name="document_holder"),
            models.Index(fields=["id"], condition=Q(state="issued", rendered_at=None), name="document_unrendered"),
        ]

    def __str__(self) -> str:
        return self.number

    # --- Changing -----------------------------------------------------------------------------------------
    @transaction.atomic
    def release(self, *, by: "User | None", at: datetime, standing: Any = None) -> None:
        """From here on the paper counts. Its file is made by the worker or when somebody first opens it."""
        access.refuse_self(by, self.holder)
        shown_at = at if self.show_when_issued else None
        self._move(
            DocumentState.WAITING,
            DocumentState.ISSUED,
            released_by=by,
            issued_at=at,
            issuer_name=self.entity.name,
            seal_key=self.entity.seal.name or "",
            standing_release=standing,
            shown_at=shown_at,
        )
        record.emit(
            events.Issued(**self.facts(), standing_release_id=str(standing.pk) if standing else ""),
            subject=self,
            by=by,
            at=at,
        )
        if self.supersedes:
            self.supersedes.supersede(successor=self, by=by, at=at)

    @transaction.atomic
    def show(self, *, by: "User | None", at: datetime) -> None:
        """Told in person or served: the person may open it."""
        if self.spec.for_others:
            return
        if Document.objects.filter(pk=self.pk, state=DocumentState.ISSUED, shown_at=None).update(shown_at=at):
            self.shown_at = at
            record.emit(events.Shown(**self.facts()), subject=self, by=by, at=at)

    @transaction.atomic
    def revoke(self, *, reason: str, by: "User | None", at: datetime) -> None:
        from ehr.documents.digests import sha256_of_text

        access.refuse_self(by, self.holder)
        source = self.state if self.state in (DocumentState.WAITING, DocumentState.ISSUED) else DocumentState.ISSUED
        self._move(source, DocumentState.REVOKED, revoked_by=by, revoked_at=at, revoked_because=reason)
        record.emit(events.Revoked(**self.facts(), reason_sha256=sha256_of_text(reason)), subject=self, by=by, at=at)

    @transaction.atomic
    def supersede(self, *, successor: "Document", by: "User | None", at: datetime) -> None:
        self._move(self.state, DocumentState.SUPERSEDED)
        record.emit(events.Superseded(**self.facts(), by_document_id=str(successor.pk)), subject=self, by=by, at=at)

    def _move(self, source: str, target: str, **changes: Any) -> None:
        """Compare and set: of two clerks at once exactly one seals."""
        if not Document.objects.filter(pk=self.pk, state=source).update(state=target, **changes):
            self.refresh_from_db(fields=["state"])
            raise WrongState(str(_("This paper is already in another state.")), allowed=self.actions)
        self.state = target
        for name, value in changes.items():
            setattr(self, name, value)

    # --- Asking -------------------------------------------------------------------------------------------
    def facts(self) -> dict[str, str]:
        return {
            "document_id": str(self.pk),
            "document_kind": self.kind,
            "number": self.number,
            "subject": self.subject,
        }

    def get_absolute_url(self) -> str:
        return reverse("documents:detail", args=[self.pk])

    @property
    def file_url(self) -> str:
        return reverse("documents:file", args=[self.pk])

    @property
    def file_name(self) -> str:
        return f"{self.title}-{self.holder_name}-{self.number}.pdf"

    @property
    def actions(self) -> tuple[str, ...]:
        return ACTIONS.get(self.state, ())

    @property
    def spec(self) -> DocumentKind:
        return kind_of(self.kind)

    @property
    def title(self) -> str:
        return title_of(self.kind)

    @property
    def issuer(self) -> str:
        """The employer as it was called when the paper was issued; before that, as it is called now."""
        return self.issuer_name or self.entity.name

    @property
    def is_issued(self) -> bool:
        return self.state == DocumentState.ISSUED

    @property
    def is_rendered(self) -> bool:
        return self.rendered_at is not None

    @property
    def grouped_code(self) -> str:
        return grouped(self.verify_code)

    @property
    def fingerprint(self) -> str:
        return self.content_sha256[:8]

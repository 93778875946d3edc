from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.contrib.postgres.aggregates import ArrayAgg
from django.db import models
from django.db.models import CharField, Exists, OuterRef, Q, Value
from django.db.models.functions import Cast, Concat
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ehr.crypto.fields import EncryptedTextField
from ehr.documents.models import Document, DocumentState, StoredFile
from ehr.errors import WrongState
from ehr.lib.ids import uuid7

from ..rules.compliance.delivery import PUBLIC, PUBLIC_NOTICE_DAYS, Service
from .case import Case
from .choices import ServiceMethod, ServiceResult

GONE = (DocumentState.SUPERSEDED, DocumentState.REVOKED)


def gone_notices(case_id: str) -> models.QuerySet[Document]:
    """Notices of the case in that column that were replaced or taken back."""
    subject = Concat(Value("offboarding.case:"), Cast(OuterRef(case_id), CharField()))
    return Document.objects.filter(subject=subject, kind="termination_notice", state__in=GONE)


class ServiceProofQuerySet(models.QuerySet["ServiceProof"]):
    def counting(self) -> ServiceProofQuerySet:
        """A notice that was replaced or taken back is history, and so is its way to the person. A proof that names none
        is about the first."""
        return self.exclude(document__state__in=GONE).exclude(Q(document=None) & Exists(gone_notices("case_id")))

    def arrived(self) -> ServiceProofQuerySet:
        """Whatever became of the notice: who has read one is not free to be kept any more without consent (decisions 4)."""
        return self.filter(delivered_date__isnull=False)

    def proven(self) -> ServiceProofQuerySet:
        return self.counting().arrived()

    def with_proofs(self) -> ServiceProofQuerySet:
        named = ArrayAgg("files__proof", filter=Q(files__isnull=False), default=[], distinct=True)
        return self.annotate(proof_names=named).order_by("at", "id")

    def published(self) -> ServiceProofQuerySet:
        """Public notices whose thirty days run, or have just ended."""
        return self.counting().filter(method=PUBLIC, result=ServiceResult.DELIVERED, delivered_date=None)


class ServiceProof(models.Model):
    """One way of bringing a paper to its person, and what came of it. Only a proven arrival has a delivered date."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="service_proofs")
    document = models.ForeignKey("documents.Document", null=True, on_delete=models.PROTECT, related_name="+")
    data_key = models.ForeignKey("crypto.DataKey", null=True, on_delete=models.PROTECT, related_name="+")
    method = models.CharField(gettext_lazy("method"), max_length=12, choices=ServiceMethod)
    sent_date = models.DateField(gettext_lazy("sent on"), null=True)
    recipient = EncryptedTextField(gettext_lazy("address, box or receiver"), null=True, blank=True)
    is_agreed = models.BooleanField(gettext_lazy("agreed on in writing"), default=False, db_default=False)
    reference = models.CharField(gettext_lazy("waybill, witness or message number"), max_length=120, blank=True)
    result = models.CharField(
        gettext_lazy("result"),
        max_length=10,
        choices=ServiceResult,
        default=ServiceResult.WAITING,
        db_default=ServiceResult.DELIVERED,
    )
    result_date = models.DateField(gettext_lazy("day of the result"), null=True)
    delivered_date = models.DateField(gettext_lazy("delivered on"), null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = ServiceProofQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("proof of service")
        indexes = [
            models.Index(
                fields=["result_date"], condition=Q(method="public", delivered_date=None), name="service_published"
            )
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.method}"

    # --- Changing -----------------------------------------------------------------------------------------
    def answer(self, *, result: str, day: date) -> None:
        """Compare and set: what came of it is said once."""
        rows = ServiceProof.objects.filter(pk=self.pk, result=ServiceResult.WAITING)
        if not rows.update(result=result, result_date=day):
            raise WrongState(_("What came of it was said already."))
        self.result, self.result_date = result, day

    def deliver(self, day: date) -> bool:
        """False when it was proven before."""
        if not ServiceProof.objects.filter(pk=self.pk, delivered_date=None).update(delivered_date=day):
            return False
        self.delivered_date = day
        return True

    # --- Asking -------------------------------------------------------------------------------------------
    def as_rule(self, *, proofs: Any, failed: tuple[str, ...] = ()) -> Service:
        """`failed`: of a public notice, which of the other ways are proven to have led nowhere."""
        shown = failed if self.method == PUBLIC else ()
        return Service(
            method=self.method,
            day=self.result_date or self.sent_date or self.delivered_date or self.at.date(),
            proofs=frozenset(proofs) | frozenset(shown if proofs else ()),
            result=self.result,
            is_agreed=self.is_agreed,
        )

    def counts_from(self) -> date | None:
        """The day on which a public notice has arrived if nothing changes."""
        is_public = self.method == PUBLIC and self.result == ServiceResult.DELIVERED and self.result_date
        return self.result_date + timedelta(days=PUBLIC_NOTICE_DAYS) if is_public and self.result_date else None

    @property
    def is_waiting(self) -> bool:
        return self.result == ServiceResult.WAITING


class ServiceFile(StoredFile):
    """What proves one way of service. Added, never changed or taken away."""

    service = models.ForeignKey(ServiceProof, on_delete=models.PROTECT, related_name="files")
    proof = models.CharField(gettext_lazy("proof"), max_length=40)

    class Meta:
        verbose_name = gettext_lazy("proof of service")
        indexes = [models.Index(fields=["service", "id"], name="service_files")]

    @property
    def url(self) -> str:
        return reverse("offboarding:service_file", args=[self.service.case_id, self.service_id, self.pk])

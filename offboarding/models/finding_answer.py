from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy

from ehr.lib.ids import uuid7

from ..rules.compliance.codes import Gate
from .case import Case
from .decision import Decision


class FindingAnswer(models.Model):
    """Why a finding does not stop its gate: a warning explained in writing, or a refusal let pass by a reviewer.

    The words are in the decision. An answer holds for its gate alone, so what is found there later is asked anew."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="finding_answers")
    gate = models.CharField(max_length=8, choices=[(gate.value, gate.value) for gate in Gate])
    code = models.CharField(max_length=80)
    is_override = models.BooleanField()
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = gettext_lazy("answer to a finding")
        constraints = [models.UniqueConstraint(fields=["case", "gate", "code"], name="one_answer_per_finding")]

    def __str__(self) -> str:
        return f"{self.case} {self.gate} {self.code}"

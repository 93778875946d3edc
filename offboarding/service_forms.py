"""What is filled in about bringing a notice to its person."""

from dataclasses import fields
from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from ehr.rule_form import RuleForm

from .forms import DayInput
from .law_words import SERVICE_PROOFS
from .models import ServiceMethod, ServiceResult
from .operations import Proof, Sending
from .rules.compliance.delivery import PROOFS, REFUSED
from .words import service_proof_words

RESULTS = [choice for choice in ServiceResult.choices if choice[0] != ServiceResult.WAITING]


def _proofs(method: str = "") -> list[tuple[str, Any]]:
    named = dict.fromkeys([*PROOFS[method], *PROOFS[REFUSED]]) if method else SERVICE_PROOFS
    return [("", "—"), *((proof, lazy(service_proof_words, str)(proof)) for proof in named)]


class FollowForm(RuleForm):
    """What came of it, and one paper that proves something about it."""

    result = forms.ChoiceField(
        label=_("Result of the service"), required=False, choices=[("", _("Not known yet")), *RESULTS]
    )
    day = forms.DateField(label=_("On which day"), required=False, widget=DayInput)
    proof = forms.ChoiceField(label=_("What the file proves"), required=False, choices=_proofs())
    file = forms.FileField(label=_("File"), required=False)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if bool(said.get("file")) != bool(said.get("proof")):
            self.add_error("proof", _("Choose a file and say what it proves."))
        return said


class ServiceForm(FollowForm):
    method = forms.ChoiceField(label=_("How it is served"), choices=ServiceMethod.choices)
    sent_date = forms.DateField(label=_("Handed over or sent on"), widget=DayInput)
    recipient = forms.CharField(
        label=_("Address, box or receiver"), help_text=_("Encrypted."), required=False, max_length=200
    )
    is_agreed = forms.BooleanField(
        label=_("Address or box were agreed on in writing"),
        help_text=_("Only then does what comes back by post count as received."),
        required=False,
    )
    reference = forms.CharField(label=_("Waybill, witness or message number"), required=False, max_length=120)
    field_order = ["method", "sent_date", "recipient", "is_agreed", "reference", "result", "day", "proof", "file"]


def followed(said: dict[str, Any]) -> dict[str, Any]:
    """What came of it and what proves it, out of what a form or the API brought."""
    upload = said.get("file")
    files = [Proof(proof=said["proof"], name=upload.name, size=upload.size, content=upload)] if upload else []
    return {"result": said.get("result", ""), "day": said.get("day"), "proofs": files}


def sent(said: dict[str, Any]) -> dict[str, Any]:
    sending = Sending(**{field.name: said[field.name] for field in fields(Sending)})
    return {"sending": sending, **followed(said)}

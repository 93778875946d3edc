"""What is filled in for an ending by the employer."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from ehr.rule_form import RuleForm

from .forms import DayInput
from .law_words import PAPERS
from .models import CaseKind, Evidence, GroundName
from .rules.compliance.codes import Gate
from .rules.grounds import GROUNDS
from .rules.kinds import DEATH, Kind, rule
from .words import FINDINGS

ASKED_KINDS = (Kind.DISMISSAL, Kind.LAYOFF, Kind.MUTUAL_AGREEMENT)


class EvidenceForm(RuleForm):
    paper = forms.ChoiceField(label=_("Paper"), choices=list(PAPERS.items()))
    dated = forms.DateField(label=_("Date of the paper"), widget=DayInput)
    file = forms.FileField(label=_("File"))


class AgreementForm(RuleForm):
    """Of a mutual ending: the day on which both signed, and the paper that shows it."""

    signed_on = forms.DateField(label=_("Both signed on"), help_text=_("The later of the two days."), widget=DayInput)
    file = forms.FileField(label=_("Scan of the signed agreement"), required=False)
    paper = forms.TypedChoiceField(
        label=_("Or the one on file"), required=False, coerce=UUID, empty_value=None, choices=()
    )

    def __init__(self, *args: Any, on_file: Iterable[Evidence] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = [(str(row.pk), f"{row.dated} · {row.name}") for row in on_file]
        self.fields["paper"].choices = [("", "—"), *rows]
        if not rows:
            del self.fields["paper"]
            self.fields["file"].required = True
            self.fields["file"].error_messages["required"] = _(FINDINGS["B_AGREEMENT_PAPER"])


class TakeBackForm(RuleForm):
    reason = forms.CharField(label=_("Why"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))


class WithdrawalForm(RuleForm):
    """HR takes an ending back. The employee's consent is asked for once it was delivered or both have signed."""

    text = forms.CharField(label=_("Why"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))
    signed_on = forms.DateField(label=_("The employee signed the consent on"), required=False, widget=DayInput)
    file = forms.FileField(label=_("Scan of the consent"), required=False)

    def __init__(self, *args: Any, needs_consent: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("signed_on", "file"):
            self.fields[name].required = needs_consent

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = self.cleaned_data
        day, file = said.get("signed_on"), said.get("file")
        if not self.errors and bool(day) != bool(file):
            self.add_error("file" if day else "signed_on", _("A consent counts by its day and its scan."))
        return said


class AnswerForm(RuleForm):
    gate = forms.ChoiceField(choices=[(gate.value, gate.value) for gate in Gate], widget=forms.HiddenInput)
    code = forms.CharField(max_length=80, widget=forms.HiddenInput)
    override = forms.BooleanField(required=False, widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Why it is done all the same"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )


class QuestionForm(RuleForm):
    """An ending that nobody asks for yet. A list of people is for legal."""

    numbers = forms.CharField(
        label=_("Their employee numbers"),
        help_text=_("One to a line. More than one: by legal only."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    kind = forms.ChoiceField(label=_("Kind of exit"))
    ground = forms.ChoiceField(label=_("Ground of law"))
    last_day = forms.DateField(label=_("Last working day"), widget=DayInput)
    pay_in_lieu = forms.BooleanField(label=_("Pay one month instead of notice"), required=False)
    reason = forms.CharField(
        label=_("The facts"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        grounds = [name for kind in ASKED_KINDS for name in rule(kind).grounds]
        self.fields["kind"].choices = [(kind, CaseKind(kind).label) for kind in ASKED_KINDS]
        self.fields["ground"].choices = [(name, GroundName(name).label) for name in grounds]

    def clean_numbers(self) -> list[str]:
        return list(dict.fromkeys(self.cleaned_data["numbers"].split()))


class FactsForm(RuleForm):
    reason = forms.CharField(
        label=_("The facts"),
        help_text=_("What happened, when, and what proves it. Encrypted; only those who decide can read it."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class GroundForm(RuleForm):
    ground = forms.ChoiceField(label=_("Ground of law"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ground"].choices = [(name, GroundName(name).label) for name in rule(kind).grounds]


class DaysForm(RuleForm):
    requested_last_working_date = forms.DateField(label=_("Last working day"), widget=DayInput)
    pay_in_lieu = forms.BooleanField(label=_("Pay one month instead of notice"), required=False)

    def __init__(self, *args: Any, ground: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if ground == DEATH:
            self.fields["requested_last_working_date"].label = _("Day of death, or the one the court set")
        if ground not in GROUNDS or not GROUNDS[ground].allows_pay_in_lieu:
            del self.fields["pay_in_lieu"]

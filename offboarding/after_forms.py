"""What is filled in about the time after an exit."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from ehr.rule_form import RuleForm

from .forms import DayInput
from .models import Dispute, DisputeAbout, DisputeBody, DisputeOutcome, NonCompeteBasis, NonCompeteState
from .operations import Clause


class ObligationForm(RuleForm):
    action = forms.ChoiceField(choices=[("done", "done"), ("add", "add")])
    note = forms.CharField(label=_("Note"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    forget = forms.MultipleChoiceField(
        label=_("Delete from the file"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "It can't be undone. The addresses the person proved for their own door stay: without them they can't come"
            " in there."
        ),
    )

    def __init__(self, *args: Any, on_file: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["forget"].choices = on_file  # type: ignore[attr-defined]


DECISIONS = [
    ("activate", _("Put the clause in force")),
    ("waive", _("Waive it")),
    ("none", _("No clause was agreed")),
]


class NoClausesForm(RuleForm):
    cases = forms.ModelMultipleChoiceField(
        queryset=None,
        error_messages={"required": _("Choose at least one."), "invalid_choice": _("One of them is decided already.")},
    )

    def __init__(self, *args: Any, among: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cases"].queryset = among  # type: ignore[attr-defined]


class NonCompeteForm(RuleForm):
    """In force, waived, or not agreed at all. Without an amount the law's floor is owed each month."""

    decision = forms.ChoiceField(label=_("Decision"), choices=DECISIONS)
    basis = forms.ChoiceField(
        label=_("Whom it binds as"), required=False, choices=[("", "—"), *NonCompeteBasis.choices]
    )
    months = forms.IntegerField(
        label=_("Months agreed"), required=False, min_value=1, max_value=120, help_text=_("Two years at most bind.")
    )
    monthly = forms.DecimalField(
        label=_("Payment agreed each month, in yuan"),
        required=False,
        min_value=0,
        max_digits=12,
        decimal_places=2,
        help_text=_("Empty: nothing was agreed, so 30 % of the average wage is owed, the minimum wage at least."),
    )
    penalty = forms.DecimalField(
        label=_("Penalty agreed for a breach, in yuan"),
        required=False,
        min_value=0,
        max_digits=14,
        decimal_places=2,
        help_text=_("Empty: none was agreed. Beyond five times the whole compensation it needs a reason."),
    )
    reason = forms.CharField(
        label=_("Why, where the law has a warning"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        for name in ("basis", "months"):
            if said.get("decision") == "activate" and not said.get(name) and name not in self.errors:
                self.add_error(name, _("This is needed."))
        return said


def clause_of(said: dict[str, Any]) -> Clause:
    return Clause(
        basis=said["basis"],
        months=said["months"] or 0,
        monthly=said["monthly"],
        penalty=said["penalty"],
        reason=said["reason"],
    )


class EndingForm(RuleForm):
    state = forms.ChoiceField(
        label=_("Who ends it"),
        choices=[
            (NonCompeteState.RELEASED.value, _("The company: three more months are owed on request")),
            (NonCompeteState.FREED.value, _("The person, who was not paid for three months")),
            (NonCompeteState.DIED.value, _("The person has died: the months begun are owed to the estate")),
        ],
    )
    day = forms.DateField(label=_("Day on which it ends"), widget=DayInput)

    def __init__(self, *args: Any, spared: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said = ngettext(
            "Today it spares %(n)s month that has not begun.",
            "Today it spares %(n)s months that have not begun.",
            spared,
        )
        self.fields["day"].help_text = said % {"n": spared}


class DeclarationForm(RuleForm):
    keeps = forms.BooleanField(label=_("I declare that I keep to the non-compete clause."))
    note = forms.CharField(
        label=_("What you want to add"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    file = forms.FileField(label=_("File"), required=False)


class DisputeForm(RuleForm):
    """One round before one body; what is not known yet stays empty."""

    about = forms.ChoiceField(label=_("What it is about"), choices=DisputeAbout.choices)
    body = forms.ChoiceField(label=_("Body that decides"), choices=DisputeBody.choices)
    office = forms.CharField(label=_("Office"), required=False, max_length=120)
    reference = forms.CharField(label=_("Number there"), required=False, max_length=80)
    filed_date = forms.DateField(label=_("Filed on"), widget=DayInput)
    received_date = forms.DateField(
        label=_("Claim received on"), required=False, widget=DayInput, help_text=_("It is answered within ten days.")
    )
    hearing_date = forms.DateField(label=_("Hearing on"), required=False, widget=DayInput)
    decided_date = forms.DateField(
        label=_("Decision received on"),
        required=False,
        widget=DayInput,
        help_text=_(
            "Fifteen days from receipt to go to court (art. 50). Against an award that is final for the employer the"
            " person may sue within fifteen days (art. 48), the employer only ask within thirty to have it set aside"
            " (art. 49)."
        ),
    )
    is_final = forms.BooleanField(
        label=_("The award is final for the employer"),
        required=False,
        help_text=_("Small sums and national standards of work, where the award says so (art. 47)."),
    )
    claim = forms.DecimalField(
        label=_("Claimed, in yuan"), required=False, min_value=0, max_digits=12, decimal_places=2
    )
    awarded = forms.DecimalField(
        label=_("Awarded or paid, in yuan"), required=False, min_value=0, max_digits=12, decimal_places=2
    )
    outcome = forms.ChoiceField(
        label=_("Outcome"),
        required=False,
        choices=[("", _("Still running")), *DisputeOutcome.choices],
        help_text=_(
            "Once a court has set an award aside, either side may sue within fifteen days of the ruling (art. 49)."
        ),
    )
    note = forms.CharField(label=_("Note"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))


class DisputeFollowForm(DisputeForm):
    """What is known by now, written on top of the edition that was read."""

    edition = forms.IntegerField(widget=forms.HiddenInput)

    @classmethod
    def said_of(cls, dispute: Dispute) -> dict[str, Any]:
        return {name: getattr(dispute, name) for name in cls.base_fields}

    def sent(self, said: dict[str, Any]) -> dict[str, Any]:
        """Of what was said, what the form really held: a field that is not there says nothing."""
        return {name: value for name, value in said.items() if name != "edition" and not self._is_left_out(name)}

    def _is_left_out(self, name: str) -> bool:
        widget = self.fields[name].widget
        return widget.value_omitted_from_data(self.data, self.files, self.add_prefix(name))

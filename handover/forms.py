from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ehr.identity.models import User
from ehr.rule_form import RuleForm
from handover.models.choices import Kind
from handover.rules.deduction import MOST


class AddItemForm(RuleForm):
    title = forms.CharField(label=_("What is missing?"), max_length=200)
    kind = forms.ChoiceField(label=_("What sort of thing is it?"), choices=Kind.choices)


class ExplanationForm(RuleForm):
    explanation = forms.CharField(
        label=_("Why the two differ"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )


def colleague(named: str) -> User:
    """By sign-in name or employee number, which only one has; by name where nobody else has the same."""
    named, everybody = named.strip(), User.objects.with_full_access()
    same = Q(person__name=named) | Q(person__employments__employee_number=named)
    found = list(everybody.filter(username=named) or everybody.filter(same).distinct()[:2])
    if not found:
        raise forms.ValidationError(_("Nobody with this name may sign in."))
    if len(found) > 1:
        raise forms.ValidationError(_("Several people have this name: say the employee number."))
    return found[0]


class PersonForm(RuleForm):
    """Somebody by name, employee number or sign-in name."""

    username = forms.CharField(label=_("Name, employee number or sign-in name"), max_length=150)

    def clean_username(self) -> User:
        return colleague(self.cleaned_data["username"])


class QuestionForm(RuleForm):
    text = forms.CharField(label=_("Ask something"), max_length=4000, widget=forms.Textarea(attrs={"rows": 2}))


class AnswerForm(RuleForm):
    text = forms.CharField(label=_("Your answer"), max_length=4000, widget=forms.Textarea(attrs={"rows": 2}))


class ShadowingForm(RuleForm):
    topic = forms.CharField(label=_("What you go through together"), max_length=120)
    on_date = forms.DateField(label=_("Day"), widget=forms.DateInput)
    guide = forms.CharField(
        label=_("Who shows it (name, employee number or sign-in name)"), max_length=150, required=False
    )

    def __init__(self, *args: Any, last_day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on_date"].widget.attrs["max"] = last_day.isoformat()
        self.fields["guide"].help_text = _("Empty: the person who leaves.")

    def clean_guide(self) -> User | None:
        return colleague(self.cleaned_data["guide"]) if self.cleaned_data["guide"].strip() else None


class WitnessForm(PersonForm):
    username = forms.CharField(label=_("Witness (name, employee number or sign-in name)"), max_length=150)


class SuccessorForm(PersonForm):
    username = forms.CharField(label=_("Successor (name, employee number or sign-in name)"), max_length=150)


class TakerForm(PersonForm):
    username = forms.CharField(label=_("Who takes it over (name, employee number or sign-in name)"), max_length=150)


class OmissionForm(RuleForm):
    item = forms.UUIDField(required=False, widget=forms.HiddenInput)
    title = forms.CharField(label=_("What was missing?"), max_length=200)
    kind = forms.ChoiceField(label=_("What sort of thing is it?"), choices=Kind.choices)
    text = forms.CharField(
        label=_("What came of it"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )


class MeetingPlaceForm(RuleForm):
    address = forms.CharField(
        label=_("Address of a meeting room"),
        max_length=300,
        help_text=_("Begins with https:// and holds {room}, for example https://meet.example.com/{room}"),
    )


class DeductionRuleForm(RuleForm):
    basis = forms.CharField(
        label=_("Rule it rests on"),
        max_length=200,
        help_text=_("Name and article of the company's rules, as they were agreed on and announced (LCL 4)."),
    )
    announced_date = forms.DateField(label=_("Announced to the staff"), widget=forms.DateInput)
    per_point = forms.DecimalField(
        label=_("Percent of the result for each point beside a goal"),
        max_digits=4,
        decimal_places=2,
        min_value=Decimal("0.01"),
        initial=1,
    )
    most = forms.DecimalField(
        label=_("At most, percent"),
        max_digits=4,
        decimal_places=2,
        min_value=Decimal("0.01"),
        max_value=MOST,
        initial=MOST,
    )

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from ehr.identity.models import User
from ehr.rule_form import RuleForm
from handover.models.choices import Kind
from handover.rules.deduction import MOST


class AddItemForm(forms.Form):
    title = forms.CharField(label=_("What is missing?"), max_length=200)
    kind = forms.ChoiceField(label=_("What sort of thing is it?"), choices=Kind.choices)


class ExplanationForm(RuleForm):
    explanation = forms.CharField(
        label=_("Why the two differ"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )


class WitnessForm(RuleForm):
    username = forms.CharField(label=_("Witness (sign-in name)"), max_length=150)

    def clean_username(self) -> User:
        found = User.objects.with_full_access().filter(username=self.cleaned_data["username"].strip()).first()
        if found is None:
            raise forms.ValidationError(_("Nobody with this name may sign in."))
        return found


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

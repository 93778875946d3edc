from django import forms
from django.utils.translation import gettext_lazy as _

from ehr.identity.models import User
from ehr.rule_form import RuleForm
from handover.models.choices import Kind


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

from django import forms
from django.utils.translation import gettext_lazy as _

from handover.models.choices import Kind


class AddItemForm(forms.Form):
    title = forms.CharField(label=_("What is missing?"), max_length=200)
    kind = forms.ChoiceField(label=_("What sort of thing is it?"), choices=Kind.choices)

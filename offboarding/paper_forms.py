"""What a text asks of whoever issues it, as fields of a form; which of them it can't go without the rule says."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ehr.documents.fields import Field, FieldType
from ehr.rule_form import RuleForm

from .forms import DayInput

LONG = 24


class PaperForm(RuleForm):
    bilingual = forms.BooleanField(label=_("Chinese and English"), required=False)

    def __init__(self, *args: Any, asked: list[Field], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields = {field.name: _input(field) for field in asked} | self.fields

    @property
    def so_far(self) -> dict[str, Any]:
        """What is written by now, also while something is still missing."""
        return getattr(self, "cleaned_data", None) or dict(self.initial or {})

    def said(self) -> dict[str, Any]:
        """Once valid: what the operations take."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "bilingual" and value is not None}
        return {"given": given, "bilingual": self.cleaned_data["bilingual"]}


def _input(field: Field) -> forms.Field:
    common = {"label": field.label, "required": not (field.optional or field.empty)}
    if field.type == FieldType.DATE:
        return forms.DateField(widget=DayInput, **common)
    if field.type == FieldType.MONEY:
        return forms.DecimalField(min_value=0, max_digits=14, decimal_places=2, **common)
    widget = forms.Textarea(attrs={"rows": 3}) if len(field.sample) > LONG else forms.TextInput()
    return forms.CharField(max_length=4000, widget=widget, **common)

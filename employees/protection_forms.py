"""What HR-legal types about a protection."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from ehr.rule_form import RuleForm

from .models import ProtectedKind
from .models.protection import LIGHTEST_GRADE, WORST_GRADE

MOST_LETTERS = 1000
GRADES = [(str(grade), str(grade)) for grade in range(WORST_GRADE, LIGHTEST_GRADE + 1)]


class ProtectionForm(RuleForm):
    kind = forms.ChoiceField(label=_("What protects"), choices=[("", _("Please choose")), *ProtectedKind.choices])
    start_date = forms.DateField(label=_("Starts on"), widget=forms.DateInput)
    end_date = forms.DateField(
        label=_("Last day"),
        required=False,
        widget=forms.DateInput,
        help_text=_(
            "Empty while it isn't known. Nursing ends when the child is one year old; exposure to hazards with the "
            "leaving check-up."
        ),
    )
    injury_grade = forms.TypedChoiceField(
        label=_("Grade of a work injury"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", _("Not appraised yet")), *GRADES],
        help_text=_("Only for a work injury; 1 is the worst."),
    )


class EndingForm(RuleForm):
    end_date = forms.DateField(
        label=_("Last day"),
        widget=forms.DateInput,
        help_text=_("Of exposure to hazards: the day of the leaving check-up."),
    )


class CorrectionForm(RuleForm):
    reason = forms.CharField(label=_("What was wrong"), max_length=MOST_LETTERS, widget=forms.Textarea)

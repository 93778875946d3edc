from django import forms
from django.utils.translation import gettext_lazy as _

from analytics.models import Outcome, Scoring


class ScoringForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Scoring
        fields = ["enabled", "threshold", "impact_note"]
        help_texts = {
            "impact_note": _(
                "What is scored and why, who sees it, what follows from it, how people can object (PIPL 55)."
            ),
        }


class CloseAlertForm(forms.Form):
    outcome = forms.ChoiceField(label=_("What was done"), choices=Outcome.choices)

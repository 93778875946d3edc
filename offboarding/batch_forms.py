"""What is filled in for endings of several people at once."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .forms import DayInput, RuleForm
from .law_forms import EvidenceForm
from .models import CaseKind, GroundName
from .rules.compliance.evidence import checklist
from .rules.kinds import KINDS, Kind, Starter, rule
from .words import paper_words

LONGEST = 200
BATCH_KINDS = [kind for kind, one in KINDS.items() if Starter.HR in one.started_by and kind is not Kind.PRE_OFFBOARDING]


class BatchForm(RuleForm):
    numbers = forms.CharField(
        label=_("Their employee numbers"),
        help_text=_("One to a line, or ticked below. At most 200."),
        required=False,
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    kind = forms.ChoiceField(label=_("Kind of exit"))
    ground = forms.ChoiceField(label=_("Ground of law"))
    last_day = forms.DateField(label=_("Last working day"), widget=DayInput)
    pay_in_lieu = forms.BooleanField(label=_("Pay one month instead of notice"), required=False)
    reason = forms.CharField(
        label=_("The facts"),
        help_text=_("What holds for all of them; each case can be added to. Encrypted."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind, CaseKind(kind).label) for kind in BATCH_KINDS]
        self.fields["ground"].choices = [
            (CaseKind(kind).label, [(name, GroundName(name).label) for name in rule(kind).grounds])
            for kind in BATCH_KINDS
        ]

    def clean_numbers(self) -> str:
        """Ticked ones behind those that were written; each once."""
        ticked = self.data.getlist("picked") if hasattr(self.data, "getlist") else []
        numbers = list(dict.fromkeys([*self.cleaned_data["numbers"].split(), *ticked]))
        if not numbers:
            raise forms.ValidationError(_("Name at least one person."))
        if len(numbers) > LONGEST:
            raise forms.ValidationError(_("That are more than 200."))
        return "\n".join(numbers)


class BatchEvidenceForm(EvidenceForm):
    """One paper for all of them: only what the ground asks for."""

    def __init__(self, *args: Any, ground: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = [paper for need, _must in checklist(ground) for paper in need.replace("+", "|").split("|")]
        self.fields["paper"].choices = [(paper, paper_words(paper)) for paper in asked]

"""What people fill in. Rules refuse with a code; `attempt` puts the words beside the field."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from ehr.identity.models import User
from ehr.rule_form import RuleForm as RuleForm

from .models import ForcedItemName, GroundName, RetentionMeasure, RetentionOutcome
from .rules import kinds
from .rules.kinds import Kind, Starter
from .words import FINDINGS

COMMENT = forms.Textarea(attrs={"rows": 2})


class DayInput(forms.DateInput):
    input_type = "date"


NOTICES = [
    (Kind.RESIGNATION.value, _("I resign, with notice (art. 37)")),
    (Kind.FORCED_RESIGNATION.value, _("I am forced to end it: the company is at fault (art. 38)")),
]


def items_field() -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=_("What the company did (art. 38)"),
        help_text=_("Tick all that is so. Write what happened and when in your words to the company."),
        error_messages={"required": _(FINDINGS["B_ITEM_MISSING"])},
        choices=ForcedItemName.choices,
        widget=forms.CheckboxSelectMultiple,
    )


class NoticeForm(RuleForm):
    """Which of the two notices it is. The items stand there for one of them alone; what was ticked before the other was
    chosen is not said."""

    kind = forms.ChoiceField(label=_("What you tell the company"), choices=NOTICES, widget=forms.RadioSelect)
    items = items_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.is_bound and self.data.get("kind") != Kind.FORCED_RESIGNATION:
            self.fields["items"].required = False

    def clean_items(self) -> list[str]:
        said: list[str] = self.cleaned_data["items"]
        return said if self.cleaned_data.get("kind") == Kind.FORCED_RESIGNATION else []


class ResignationForm(NoticeForm):
    requested_last_working_date = forms.DateField(label=_("Last working day you wish for"), widget=DayInput)
    reason = forms.CharField(
        label=_("Your words to the company"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )
    typed_name = forms.CharField(label=_("Type your name to sign"), max_length=100)
    code = forms.CharField(
        label=_("One-time code"),
        max_length=6,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
        validators=[RegexValidator(r"^\d{6}$", _("The code has six digits."))],
    )


class AmendForm(NoticeForm):
    """What its person changes in a notice that was returned."""

    requested_last_working_date = forms.DateField(label=_("Last working day"), widget=DayInput)
    reason = forms.CharField(
        label=_("What you want to add"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )


class LetterWordsForm(RuleForm):
    """What a letter that came on paper says."""

    kind = forms.ChoiceField(
        label=_("What the letter says"),
        choices=[
            (Kind.RESIGNATION.value, _("Resignation, with notice (art. 37)")),
            (Kind.FORCED_RESIGNATION.value, _("Forced to end it: the company is at fault (art. 38)")),
        ],
        widget=forms.RadioSelect,
    )
    items = forms.MultipleChoiceField(
        label=_("Items of art. 38, as the letter names them"),
        required=False,
        choices=ForcedItemName.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    requested_last_working_date = forms.DateField(
        label=_("Last working day the letter names"), required=False, widget=DayInput
    )
    reason = forms.CharField(
        label=_("Reason, in the letter's words"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class LetterForm(LetterWordsForm):
    employment = forms.UUIDField(widget=forms.HiddenInput)
    received_on = forms.DateField(
        label=_("Received on"),
        help_text=_("The day it reached the company. The notice runs from then; the day itself is not counted."),
        widget=DayInput,
    )
    file = forms.FileField(label=_("Scan of the letter"))
    field_order = ("employment", "received_on", "kind", "items", "file")


class LetterAgainForm(LetterWordsForm):
    """HR corrects a returned letter of somebody who can't do so here."""

    file = forms.FileField(label=_("Another scan, if the first was wrong or incomplete"), required=False)
    field_order = ("kind", "items", "file")


class StrikeForm(RuleForm):
    reason = forms.CharField(
        label=_("Why it was recorded in error"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class ToldForm(RuleForm):
    text = forms.CharField(
        label=_("How and when the person was told"),
        help_text=_("Whom you reached, by which way, on which day. Encrypted."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class ArrearsForm(RuleForm):
    text = forms.CharField(
        label=_("What was found"),
        help_text=_("Wages and insurance month by month, against what is named. Encrypted."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class StartForm(RuleForm):
    """The first step of the wizard: who, which kind, the facts."""

    employment = forms.UUIDField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=_("Kind of exit"))
    reason = forms.CharField(
        label=_("The facts"),
        help_text=_("What happened, when, and what proves it. Encrypted; only those who decide can read it."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, starter: Starter, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [choice for choice in _kinds() if kinds.may_start(choice[0], starter)]


def _kinds() -> list[tuple[str, Any]]:
    from .models import CaseKind

    return [choice for choice in CaseKind.choices if choice[0] != Kind.PRE_OFFBOARDING]


class PrepareForm(RuleForm):
    employee_number = forms.CharField(label=_("Employee number"), max_length=40)
    expected_last_working_date = forms.DateField(label=_("Expected last working day"), widget=DayInput)
    reason = forms.CharField(label=_("What you know"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))


class ConvertForm(RuleForm):
    kind = forms.ChoiceField(label=_("Kind of exit"))
    ground = forms.ChoiceField(label=_("Ground of law"), choices=GroundName.choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [
            choice for choice in _kinds() if Starter.EMPLOYEE not in kinds.rule(choice[0]).started_by
        ]


class DecisionForm(RuleForm):
    """One form for all that an approver can do; which buttons there are is the step's business."""

    decision = forms.ChoiceField(
        choices=[(word, word) for word in ("approve", "acknowledge", "return", "reject", "delegate", "add_approver")]
    )
    comment = forms.CharField(label=_("Comment"), required=False, max_length=2000)
    to = forms.CharField(label=_("Colleague (login name)"), required=False, max_length=150)
    last_working_date = forms.DateField(label=_("Last working day"), required=False, widget=DayInput)
    successor = forms.CharField(label=_("Successor (login name)"), required=False, max_length=150)

    def clean_to(self) -> User | None:
        return _colleague(self.cleaned_data["to"])

    def clean_successor(self) -> User | None:
        return _colleague(self.cleaned_data["successor"])


def _colleague(username: str) -> User | None:
    if not username:
        return None
    user = User.objects.filter(username=username.strip()).first()
    if user is None or not user.has_full_access:
        raise forms.ValidationError(_("There is no such colleague."))
    return user


class TextForm(RuleForm):
    text = forms.CharField(label=_("Why"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))


class RemarkForm(RuleForm):
    text = forms.CharField(
        label=_("What the others should know"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )


class OptionalTextForm(RuleForm):
    text = forms.CharField(
        label=_("Your words"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )


class AnswerForm(RuleForm):
    agree = forms.TypedChoiceField(choices=[("yes", "yes"), ("no", "no")], coerce=lambda word: word == "yes")
    text = forms.CharField(required=False, max_length=2000)


class DatesForm(RuleForm):
    last_working_date = forms.DateField(label=_("Last working day"), widget=DayInput)
    termination_date = forms.DateField(label=_("Employment ends on"), widget=DayInput)
    paid_until_date = forms.DateField(label=_("Paid until"), widget=DayInput)


class RetentionForm(RuleForm):
    measure = forms.ChoiceField(label=_("Measure"), choices=RetentionMeasure.choices)
    amount = forms.DecimalField(
        label=_("Raise per month in yuan"), required=False, min_value=0, max_digits=12, decimal_places=2
    )
    outcome = forms.ChoiceField(
        label=_("Outcome"),
        choices=[choice for choice in RetentionOutcome.choices if choice[0] != RetentionOutcome.STAYED],
    )
    note = forms.CharField(label=_("Note"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))


class TrackForm(RuleForm):
    action = forms.ChoiceField(choices=[(word, word) for word in ("done", "begin", "fail", "return", "take", "add")])
    note = forms.CharField(label=_("Note"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class DelegationForm(RuleForm):
    delegate = forms.CharField(label=_("Colleague (login name)"), max_length=150)
    from_date = forms.DateField(label=_("From"), widget=DayInput)
    until_date = forms.DateField(label=_("Until"), widget=DayInput)

    def clean_delegate(self) -> User | None:
        return _colleague(self.cleaned_data["delegate"])

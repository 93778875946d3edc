"""What people type about results and work. Each becomes the arguments of one call."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.forms import formset_factory
from django.utils.translation import gettext_lazy as _

from ehr.rule_form import RuleForm
from ehr.units.models import OrgUnit
from employees.models import Employment, JobFamily

from .models import AdjustmentKind, FeedbackKind, Indicator, KeyResult, Objective, Outcome, Owner, Rhythm, Scorecard
from .operations import Entry
from .permissions import PerformancePermission as P
from .rules.periods import Period, period_from, period_of
from .rules.periods import Rhythm as Rhythms

PERCENT = {"max_digits": 5, "decimal_places": 2, "min_value": Decimal(-100), "max_value": Decimal(100)}
DAY = forms.DateInput


class ScoreForm(forms.Form):
    """One field for every indicator that the reader scores, on one card or on a page of them."""

    def __init__(self, *args: Any, asked: list[tuple[Scorecard, Indicator]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = {f"p-{card.pk}-{row.pk}": (card, row) for card, row in asked}
        for name, (_card, row) in self.places.items():
            self.fields[name] = forms.DecimalField(
                label=row.title, max_digits=5, decimal_places=2, min_value=0, max_value=150, required=False
            )
            self.fields[name].widget.attrs["inputmode"] = "decimal"

    def entries(self) -> list[Entry]:
        return [
            Entry(scorecard_id=card.pk, indicator_id=row.pk, points=self.cleaned_data[name])
            for name, (card, row) in self.places.items()
            if self.cleaned_data.get(name) is not None
        ]

    def fields_of(self, card: Scorecard) -> list[Any]:
        return [self[name] for name, (of, _row) in self.places.items() if of.pk == card.pk]


class AdjustmentForm(RuleForm):
    kind = forms.ChoiceField(label=_("Kind"), choices=AdjustmentKind.choices)
    percent = forms.DecimalField(
        label=_("Percent of the score"), help_text=_("−10 takes a tenth away, 5 adds a twentieth."), **PERCENT
    )
    on_date = forms.DateField(label=_("Day it is about"), widget=DAY)
    basis = forms.CharField(label=_("Rule it rests on"), max_length=200)
    reason = forms.CharField(label=_("Reason; the person reads it"), max_length=2000, widget=forms.Textarea)

    def __init__(self, *args: Any, card: Scorecard, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.card = card

    def clean_on_date(self) -> date:
        day: date = self.cleaned_data["on_date"]
        if not self.card.start_date <= day <= self.card.end_date:
            raise forms.ValidationError(_("The day lies outside this period."))
        return day


class AppealForm(RuleForm):
    text = forms.CharField(label=_("What is wrong with it?"), max_length=2000, widget=forms.Textarea)


class DecisionForm(RuleForm):
    outcome = forms.ChoiceField(label=_("What becomes of it"), choices=Outcome.choices, widget=forms.RadioSelect)
    percent = forms.DecimalField(
        label=_("Percentage that remains"), required=False, help_text=_("Only when it is partly upheld."), **PERCENT
    )
    answer = forms.CharField(label=_("Reasons; the person reads them"), max_length=2000, widget=forms.Textarea)


class FeedbackForm(RuleForm):
    kind = forms.ChoiceField(label=_("Kind"), choices=FeedbackKind.choices, widget=forms.RadioSelect)
    text = forms.CharField(label=_("What you saw"), max_length=2000, widget=forms.Textarea)


class ReviewForm(RuleForm):
    """Whoever leads the person writes as manager; HR files what colleagues said."""

    title = forms.CharField(label=_("Occasion"), max_length=60)
    on_date = forms.DateField(label=_("Day"), widget=DAY)
    about_work = forms.CharField(
        label=_("About the work"),
        max_length=2000,
        widget=forms.Textarea,
        help_text=_("Whoever takes over the work reads this."),
    )
    about_person = forms.CharField(
        label=_("About the person"),
        max_length=2000,
        widget=forms.Textarea,
        required=False,
        help_text=_("Read by the person, those who lead them and HR only."),
    )
    rating = forms.IntegerField(label=_("Rating, 1 to 5"), min_value=1, max_value=5, required=False)


# --- Work -------------------------------------------------------------------------------------------------


class PeriodForm(RuleForm):
    period = forms.CharField(label=_("Period"), max_length=7, help_text=_("2026-11 or 2026-Q4"))

    def clean_period(self) -> Period:
        period = period_from(self.cleaned_data["period"].strip())
        if period is None:
            raise forms.ValidationError(_("Write a month as 2026-11 or a quarter as 2026-Q4."))
        return period


class ObjectiveForm(PeriodForm):
    title = forms.CharField(label=_("Objective"), max_length=120)
    field_order = ("title", "period")


class KeyResultForm(forms.Form):
    title = forms.CharField(label=_("Key result"), max_length=120)
    measure = forms.CharField(label=_("Counted in"), max_length=20, required=False)
    start = forms.DecimalField(label=_("Start"), max_digits=14, decimal_places=2, initial=0)
    target = forms.DecimalField(label=_("Target"), max_digits=14, decimal_places=2)

    def has_changed(self) -> bool:
        return any(self.data.get(self.add_prefix(name)) for name in ("title", "target"))


KeyResultFormSet = formset_factory(KeyResultForm, extra=3, max_num=5)


class CheckInForm(RuleForm):
    key_result = forms.ModelChoiceField(queryset=KeyResult.objects.none(), widget=forms.HiddenInput)
    value = forms.DecimalField(label=_("Today"), max_digits=14, decimal_places=2)
    confidence = forms.IntegerField(label=_("Confidence, 1 to 10"), min_value=1, max_value=10)
    note = forms.CharField(label=_("Note"), max_length=300, required=False)

    def __init__(self, *args: Any, objective: Objective, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key_result"].queryset = objective.key_results.all()  # type: ignore[attr-defined]


class ProjectForm(RuleForm):
    name = forms.CharField(label=_("Project"), max_length=120)
    counterpart = forms.CharField(label=_("Counterpart"), max_length=120, required=False)
    note = forms.CharField(label=_("In short"), max_length=300, required=False)
    due_date = forms.DateField(label=_("Due"), required=False, widget=DAY)


class MilestoneForm(forms.Form):
    title = forms.CharField(label=_("Milestone"), max_length=80)
    due_date = forms.DateField(label=_("Due"), required=False, widget=DAY)


MilestoneFormSet = formset_factory(MilestoneForm, extra=4, max_num=12)


class ProgressForm(RuleForm):
    percent = forms.IntegerField(label=_("Progress, %"), min_value=0, max_value=100)
    note = forms.CharField(label=_("What has been done"), max_length=300, required=False)


class TaskForm(RuleForm):
    title = forms.CharField(label=_("Task"), max_length=160)
    due_date = forms.DateField(label=_("Due"), required=False, widget=DAY)


# --- Plans ------------------------------------------------------------------------------------------------


class PlanForm(RuleForm):
    name = forms.CharField(label=_("Name of the plan"), max_length=80)
    rhythm = forms.ChoiceField(label=_("Rhythm"), choices=Rhythm.choices)
    unit = forms.ModelChoiceField(
        label=_("Unit"), queryset=OrgUnit.objects.none(), required=False, to_field_name="code"
    )
    job_family = forms.ChoiceField(label=_("Job family"), choices=[("", _("All")), *JobFamily.choices], required=False)
    employee_number = forms.CharField(label=_("Only for one person (number)"), max_length=40, required=False)

    def __init__(self, *args: Any, reader: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reader = reader
        units = OrgUnit.objects.visible_to(reader, P.MANAGE_PLAN).exclude(kind="store")
        unit = self.fields["unit"]
        unit.queryset = units.order_by("path")  # type: ignore[attr-defined]
        unit.required = not OrgUnit.objects.visible_to(reader, P.MANAGE_PLAN).filter(parent=None).exists()
        unit.empty_label = _("The whole group")  # type: ignore[attr-defined]

    def clean_employee_number(self) -> Employment | None:
        number = self.cleaned_data["employee_number"]
        if not number:
            return None
        people = Employment.objects.visible_to(self.reader, P.MANAGE_PLAN).select_related("unit")
        found = people.filter(employee_number=number).first()
        if found is None:
            raise forms.ValidationError(_("Nobody with this number."))
        return found

    def arguments(self) -> dict[str, Any]:
        chosen = dict(self.cleaned_data)
        return chosen | {"employment": chosen.pop("employee_number")}


class IndicatorForm(forms.Form):
    title = forms.CharField(label=_("Indicator"), max_length=80)
    key = forms.SlugField(label=_("Key for feeds"), max_length=40)
    weight = forms.DecimalField(
        label=_("Weight, %"), max_digits=5, decimal_places=2, min_value=Decimal("0.01"), max_value=Decimal(100)
    )
    owner = forms.ChoiceField(label=_("Scored by"), choices=Owner.choices)
    target = forms.CharField(label=_("Target"), max_length=200, required=False)

    def has_changed(self) -> bool:
        """A row counts once something is typed into it; emptying it takes it out."""
        return any(self.data.get(self.add_prefix(name)) for name in ("title", "key", "weight"))


IndicatorFormSet = formset_factory(IndicatorForm, extra=2, max_num=12)


def filled(formset: Any) -> list[dict[str, Any]]:
    """Rows that somebody wrote into."""
    return [form.cleaned_data for form in formset if form.has_changed()]


def written_indicators(formset: Any) -> list[Indicator]:
    """A row whose title was emptied is taken out."""
    return [Indicator(**form.cleaned_data) for form in formset if form.cleaned_data]


def this_quarter(day: date) -> str:
    return period_of(rhythm=Rhythms.QUARTER, day=day).code


def this_month(day: date) -> str:
    return period_of(rhythm=Rhythms.MONTH, day=day).code

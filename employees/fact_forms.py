"""What people enter and correct in a file. Each form becomes the arguments of one call."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from ehr.rule_form import RuleForm

from . import keeping
from .models import ContractKind, RetirementCategory, UnionRole, WorkRelation, WorkTimeSystem


class VersionedForm(RuleForm):
    """Of something on file that somebody else may change meanwhile."""

    version = forms.CharField(widget=forms.HiddenInput, required=False)

    def tell_what_moved(self, on_file: dict[str, Any], *, version: str) -> None:
        """What was typed stays; beside it stands what saving once more would take the place of."""
        said, read = dict(self.cleaned_data), self.cleaned_data["version"]
        self.add_error(None, _("Somebody changed this while you had it open. Saving again puts yours in its place."))
        for name, value in keeping.moved(on_file, since=read).items():
            if said.get(name) != value:
                self.add_error(name, _now("On file now: %(value)s") % {"value": shown(self.fields[name], value)})
        self.data = self.data.copy()
        self.data["version"] = version


def shown(field: forms.Field, value: Any) -> str:
    """A value as it is read, not typed."""
    if value in (None, "") or (isinstance(field, DaysField) and not value):
        return "—"
    if isinstance(field, forms.ChoiceField):
        return str(dict(field.choices).get(value, value))  # type: ignore[arg-type]
    return date_format(value, "Y-m-d") if isinstance(field, forms.DateField) else str(value)


class DaysField(forms.DecimalField):
    """Empty is none on file: a balance of nothing may also mean that nobody keeps it."""

    def clean(self, value: Any) -> Decimal:
        return super().clean(value) or Decimal(0)

    def prepare_value(self, value: Any) -> Any:
        return "" if value == 0 else value


class FactsForm(VersionedForm):
    relation = forms.ChoiceField(label=_("Relation of work"), choices=WorkRelation.choices)
    first_work_date = forms.DateField(
        label=_("First day of work"),
        required=False,
        help_text=_("With any employer: leave and the medical period count all work."),
    )
    place_of_performance = forms.CharField(label=_("Place of work"), max_length=60, required=False)
    work_time_system = forms.ChoiceField(label=_("Working hours"), choices=WorkTimeSystem.choices)
    retirement_category = forms.ChoiceField(label=_("Retirement category"), choices=RetirementCategory.choices)
    union_role = forms.ChoiceField(label=_("Union role"), choices=UnionRole.choices)
    probation_end_date = forms.DateField(label=_("End of probation"), required=False)
    leave_balance_days = DaysField(
        label=_("Leave balance, in days"),
        required=False,
        min_value=-366,
        max_value=366,
        max_digits=5,
        decimal_places=1,
        help_text=_("Empty or 0: not kept here. A settlement then asks how many days were taken."),
    )

    def lines(self) -> list[tuple[str, str]]:
        """Label and value, for who may only read."""
        named = ((name, field) for name, field in self.fields.items() if name != "version")
        return [(str(field.label), shown(field, self.initial.get(name))) for name, field in named]


class ContractForm(VersionedForm):
    nth = forms.IntegerField(
        label=_("Number of the contract"),
        min_value=1,
        max_value=99,
        help_text=_("Counts the fixed terms that followed each other."),
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=ContractKind.choices)
    start_date = forms.DateField(label=_("Starts on"))
    end_date = forms.DateField(label=_("Ends on"), required=False, help_text=_("Empty for an open-ended contract."))
    signed_date = forms.DateField(
        label=_("Signed on"),
        required=False,
        help_text=_("Empty: by its first day. Later than a month costs a second wage."),
    )


class PriorServiceForm(RuleForm):
    employer_name = forms.CharField(label=_("Employer"), max_length=120)
    start_date = forms.DateField(label=_("Starts on"))
    end_date = forms.DateField(label=_("Ends on"))
    severance_paid = forms.BooleanField(
        label=_("Severance was paid for it"), required=False, help_text=_("Then it does not count a second time.")
    )

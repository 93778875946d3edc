"""What people enter and correct in a file. Each form becomes the arguments of one call."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ehr.rule_form import RuleForm
from ehr.versioned_form import VersionedForm, shown

from .models import ContractKind, Gender, RetirementCategory, UnionRole, WorkRelation, WorkTimeSystem


class DaysField(forms.DecimalField):
    """Empty is none on file: a balance of nothing may also mean that nobody keeps it."""

    def clean(self, value: Any) -> Decimal:
        return super().clean(value) or Decimal(0)

    def prepare_value(self, value: Any) -> Any:
        return "" if value == 0 else value


class FactsForm(VersionedForm):
    hire_date = forms.DateField(label=_("Hire date"), help_text=_("The first day with this employer."))
    relation = forms.ChoiceField(label=_("Relation of work"), choices=WorkRelation.choices)
    first_work_date = forms.DateField(
        label=_("First day of work"),
        required=False,
        help_text=_("With any employer: leave and the medical period count all work."),
    )
    birth_date = forms.DateField(
        label=_("Birth date"),
        required=False,
        help_text=_("As the personnel file says it first: retirement goes by it."),
    )
    gender = forms.ChoiceField(label=_("Gender"), choices=Gender.choices)
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


class PayForm(RuleForm):
    base_pay = forms.DecimalField(
        label=_("Monthly pay"),
        min_value=0,
        max_digits=12,
        decimal_places=2,
        help_text=_("In yuan. What is on file stays covered; a look at it stands on the overview."),
    )


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

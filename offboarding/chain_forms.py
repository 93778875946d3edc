"""Form fields only: nobody writes code to change an approval chain."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ehr.units.models import OrgUnit
from employees.models import Employment

from .forms import RuleForm, _colleague
from .models import CaseKind, ChainStep
from .models.chain import SETTINGS
from .rules import chains
from .rules.chains import Field, LateAction, Mode, Operator, Resolver
from .rules.kinds import Kind

RESOLVERS = [
    (Resolver.LINE_MANAGER, _("Line manager")),
    (Resolver.UNIT_HEAD, _("Department manager")),
    (Resolver.HRBP, _("HRBP")),
    (Resolver.HR_MANAGER, _("HR manager")),
    (Resolver.FINANCE, _("Finance manager")),
    (Resolver.LEGAL, _("Legal")),
    (Resolver.GENERAL_MANAGER, _("General manager")),
    (Resolver.GROUP_HR, _("Group HR")),
    (Resolver.NAMED, _("Named person")),
]
MODES = [(Mode.ANY, _("One of them")), (Mode.ALL, _("All of them"))]
LATE = [
    (LateAction.ESCALATE_MANAGER, _("Remind; then the next manager")),
    (LateAction.ESCALATE_HR, _("Remind; then HR")),
    (LateAction.HAND_OVER, _("Remind; then the next manager decides instead")),
    (LateAction.REMIND, _("Only remind")),
]
CONDITION_FIELDS = [
    ("", _("Always")),
    (Field.GRADE, _("Grade")),
    (Field.COST, _("Total cost in yuan")),
    (Field.KIND, _("Kind of exit")),
]
OPERATORS = [(Operator.AT_LEAST, _("at least")), (Operator.BELOW, _("below")), (Operator.IS, _("is"))]
ACTIONS = {
    "approve": _("Approve"),
    "acknowledge": _("Acknowledge"),
    "return": _("Return for changes"),
    "reject": _("Reject"),
    "delegate": _("Hand to a colleague"),
    "add_approver": _("Add a signer"),
}
CONDITIONS = (1, 2)


class ChainForm(RuleForm):
    name = forms.CharField(label=_("Name"), max_length=80)
    kind = forms.ChoiceField(
        label=_("Kind of exit"), choices=[c for c in CaseKind.choices if c[0] != Kind.PRE_OFFBOARDING]
    )
    unit = forms.ModelChoiceField(
        label=_("Unit"), queryset=OrgUnit.objects.none(), required=False, empty_label=_("The whole group")
    )
    min_grade = forms.IntegerField(label=_("From grade"), required=False, min_value=0, max_value=99)
    max_grade = forms.IntegerField(label=_("To grade"), required=False, min_value=0, max_value=99)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = OrgUnit.objects.exclude(kind="group").order_by("path")[:300]
        if self.is_bound:
            self.fields["unit"].queryset = OrgUnit.objects.order_by("path")


class StepForm(RuleForm):
    title = forms.CharField(label=_("Name of the step"), max_length=60)
    resolver = forms.ChoiceField(label=_("Who decides"), choices=RESOLVERS)
    named = forms.CharField(label=_("Named person (login name)"), required=False, max_length=150)
    mode = forms.ChoiceField(label=_("How many have to agree"), choices=MODES)
    field_1 = forms.ChoiceField(label=_("Only when"), choices=CONDITION_FIELDS, required=False)
    operator_1 = forms.ChoiceField(label=_("Comparison"), choices=OPERATORS, required=False)
    value_1 = forms.CharField(label=_("Value"), required=False, max_length=20)
    field_2 = forms.ChoiceField(label=_("And when"), choices=CONDITION_FIELDS, required=False)
    operator_2 = forms.ChoiceField(label=_("Comparison"), choices=OPERATORS, required=False)
    value_2 = forms.CharField(label=_("Value"), required=False, max_length=20)
    sla_days = forms.IntegerField(label=_("Working days"), min_value=1, max_value=30)
    late_action = forms.ChoiceField(label=_("When it is late"), choices=LATE)
    late_days = forms.IntegerField(
        label=_("After how many more working days"), min_value=1, max_value=30, initial=2, required=False
    )
    may_delegate = forms.BooleanField(label=_("A delegate may sign while the person is away"), required=False)
    allowed = forms.MultipleChoiceField(label=_("What may be done"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["allowed"].choices = [(word.value, ACTIONS[word]) for word in chains.allowed_for(kind)]

    def clean_late_days(self) -> int:
        return self.cleaned_data["late_days"] or 2

    def clean_named(self) -> Any:
        return _colleague(self.cleaned_data["named"])

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("resolver") == Resolver.NAMED and not said.get("named"):
            self.add_error("named", _("Say who."))
        said["conditions"] = [row for nth in CONDITIONS if (row := self._condition(said, nth))]
        return said

    def _condition(self, said: dict[str, Any], nth: int) -> dict[str, str] | None:
        field, value = said.get(f"field_{nth}"), (said.get(f"value_{nth}") or "").strip().replace(",", "")
        if not field:
            return None
        operator = Operator.IS if field == Field.KIND else said.get(f"operator_{nth}") or Operator.AT_LEAST
        if field != Field.KIND and not value.replace(".", "", 1).isdigit():
            self.add_error(f"value_{nth}", _("A number, please."))
        return {"field": str(field), "operator": str(operator), "value": value}

    def step(self, step: ChainStep | None) -> ChainStep:
        """The step with what was filled in; not saved."""
        said, row = self.cleaned_data, step or ChainStep()
        for name in SETTINGS:
            setattr(row, name, said[name])
        return row


def initial_of(step: ChainStep) -> dict[str, Any]:
    said: dict[str, Any] = {
        name: getattr(step, name)
        for name in ("title", "resolver", "mode", "sla_days", "late_action", "late_days", "may_delegate", "allowed")
    }
    said["named"] = step.named.username if step.named else ""
    for nth, row in zip(CONDITIONS, step.conditions, strict=False):
        said |= {f"field_{nth}": row["field"], f"operator_{nth}": row["operator"], f"value_{nth}": row["value"]}
    return said


def initial_new(kind: str) -> dict[str, Any]:
    allowed = [word.value for word in chains.allowed_for(kind)]
    return {"sla_days": 1, "late_days": 2, "may_delegate": True, "allowed": allowed, "mode": Mode.ANY.value}


class NoteForm(RuleForm):
    note = forms.CharField(label=_("What changed and why"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class TrialForm(RuleForm):
    employee_number = forms.CharField(label=_("Employee number"), max_length=40)
    cost = forms.DecimalField(label=_("Total cost in yuan"), required=False, min_value=0)

    def clean_employee_number(self) -> Employment:
        rows = Employment.objects.select_related("person", "unit", "line_manager__person__user")
        found = rows.filter(employee_number=self.cleaned_data["employee_number"].strip()).first()
        if found is None:
            raise forms.ValidationError(_("There is no such employee number."))
        return found

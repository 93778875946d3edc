"""Form fields only: nobody writes code to change a handover template."""

from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ehr.rule_form import RuleForm
from ehr.units.models import OrgUnit
from employees.models import Employment, JobFamily
from handover.models import TemplateItem
from handover.models.choices import Confirmer, Kind
from handover.rules.items import CONFIRMER_OF, FIELDS, GROUP_OF, Field, FieldType
from handover.rules.items import Kind as KindRule

TYPES = [
    (FieldType.TEXT.value, _("Text")),
    (FieldType.LONG.value, _("Several lines")),
    (FieldType.DATE.value, _("A day")),
    (FieldType.NUMBER.value, _("A number")),
    (FieldType.PROGRESS.value, _("How far it is")),
]


class LayerForm(RuleForm):
    """Which family, and for which unit: the draft of that layer."""

    job_family = forms.ChoiceField(label=_("Job family"), choices=JobFamily.choices)
    unit = forms.ModelChoiceField(
        label=_("Unit"), queryset=OrgUnit.objects.none(), required=False, empty_label=_("The whole group")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        below = OrgUnit.objects.exclude(kind="group").order_by("path")
        self.fields["unit"].queryset = below if self.is_bound else below[:300]


class ItemForm(RuleForm):
    title = forms.CharField(label=_("Name of the item"), max_length=200)
    kind = forms.ChoiceField(label=_("What sort of thing is it?"), choices=Kind.choices)
    hint = forms.CharField(
        label=_("Hint for the person"), required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )
    confirmer = forms.ChoiceField(
        label=_("Who confirms it"), choices=[("", _("As usual for this sort")), *Confirmer.choices], required=False
    )
    days_before_end = forms.IntegerField(
        label=_("Due so many working days before the last one"), min_value=0, max_value=30
    )
    evidence_required = forms.BooleanField(label=_("Needs a photo or a file; confirmed one by one"), required=False)
    witness_required = forms.BooleanField(label=_("Handed over before a witness"), required=False)
    locked = forms.BooleanField(label=_("Units can only tighten it"), required=False)
    removed = forms.BooleanField(label=_("This unit leaves it out"), required=False)

    def __init__(self, *args: Any, above: Any = None, of_unit: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ["locked"] if of_unit else ["removed"]:
            del self.fields[name]
        for name in ("title", "kind", "confirmer", "removed") if above and above.locked else ():
            self.fields[name].disabled = True

    def item(self, row: TemplateItem) -> TemplateItem:
        """The row with what was filled in; not saved."""
        for name, value in self.cleaned_data.items():
            setattr(row, name, value)
        row.confirmer = row.confirmer or CONFIRMER_OF[KindRule(row.kind)].value
        row.group = GROUP_OF[KindRule(row.kind)].value
        return row


class FieldForm(RuleForm):
    label = forms.CharField(label=_("Name of the field"), max_length=40)
    type = forms.ChoiceField(label=_("Type"), choices=TYPES)
    required = forms.BooleanField(label=_("Has to be filled in"), required=False)

    def __init__(self, *args: Any, among: list[Field], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.among, self.require = among, self.data.get("require", "")
        if self.require or "remove" in self.data:
            self.fields.clear()

    def item(self, row: TemplateItem) -> TemplateItem:
        known = {field.name: field for field in FIELDS[KindRule(row.kind)]}
        new = [self._new()] if self.fields else []
        tightened = [replace(known[self.require], required=True)] if self.require in known else []
        row.extra = [*self.among, *new, *tightened]
        return row

    def _new(self) -> Field:
        """Numbered on from the last one, so that answers given to an earlier version keep their meaning."""
        numbers = [int(one.name.removeprefix("x_")) for one in self.among if one.name.startswith("x_")]
        said = self.cleaned_data
        return Field(
            name=f"x_{max(numbers, default=0) + 1}",
            type=FieldType(said["type"]),
            required=said["required"],
            label=said["label"].strip(),
        )


class NoteForm(RuleForm):
    note = forms.CharField(label=_("What changed and why"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class TrialForm(RuleForm):
    employee_number = forms.CharField(label=_("Employee number"), max_length=40)

    def clean_employee_number(self) -> Employment:
        rows = Employment.objects.select_related("person__user", "unit")
        found = rows.filter(employee_number=self.cleaned_data["employee_number"].strip()).first()
        if found is None:
            raise forms.ValidationError(_("There is no such employee number."))
        return found

"""What people type about people: filters, the purpose of a look, the mapping of a file, the numbering rule."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from .accounts import standing
from .accounts.standing import Standing
from .importing.limits import MAX_BYTES
from .models import EmploymentStatus, JobFamily, MaskedField, NumberingRule, UnmaskPurpose
from .models.employment_query import EmploymentQuerySet
from .rules.columns import COLUMNS, IGNORE
from .rules.numbering import faults_of
from .words import NUMBERING_FAULTS, REASONS, column_label

CURRENT = "current"


class PeopleFilter(forms.Form):
    q = forms.CharField(required=False, max_length=80, label=_("Name, pinyin, number"))
    unit = forms.UUIDField(required=False, widget=forms.HiddenInput)
    status = forms.ChoiceField(
        required=False,
        label=_("Status"),
        choices=[("", _("At work")), *EmploymentStatus.choices, ("all", _("Everybody"))],
    )
    family = forms.ChoiceField(required=False, label=_("Job family"), choices=[("", _("All")), *JobFamily.choices])

    def of(self, rows: EmploymentQuerySet) -> EmploymentQuerySet:
        """An unreadable filter is no filter."""
        self.is_valid()
        chosen = self.cleaned_data
        rows = rows.search(chosen.get("q") or "")
        if chosen.get("family"):
            rows = rows.filter(job_family=chosen["family"])
        return _by_status(rows, chosen.get("status") or "")


def _by_status(rows: EmploymentQuerySet, status: str) -> EmploymentQuerySet:
    if status == "all":
        return rows
    return rows.filter(status=status) if status else rows.current()


class AccountFilter(forms.Form):
    q = forms.CharField(required=False, max_length=150, label=_("Name, pinyin, number"))
    standing = forms.ChoiceField(required=False, label=_("Account"), choices=[("", _("All")), *Standing.choices])

    def of(self, rows: EmploymentQuerySet) -> EmploymentQuerySet:
        """An unreadable filter is no filter. Of people who left only those with an account are of interest."""
        self.is_valid()
        rows = rows.search(self.cleaned_data.get("q") or "")
        return standing.filtered(rows, self.cleaned_data.get("standing") or "")


class OpeningForm(forms.Form):
    """Some of the list, or everybody who has none."""

    employment = forms.MultipleChoiceField(required=False)
    everybody = forms.BooleanField(required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        ids: Any = self.fields["employment"]
        ids.choices = [(text, text) for text in data.getlist("employment") if _is_uuid(text)]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if not data.get("employment") and not data.get("everybody"):
            raise forms.ValidationError(_("Choose at least one person."))
        return data


def _is_uuid(text: str) -> bool:
    try:
        return bool(UUID(text))
    except ValueError:
        return False


class LookForm(forms.Form):
    field = forms.ChoiceField(choices=MaskedField, widget=forms.HiddenInput)
    purpose = forms.ChoiceField(label=_("What for"), choices=[("", _("Please choose")), *UnmaskPurpose.choices])
    note = forms.CharField(label=_("Note"), required=False, max_length=200)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("purpose") == UnmaskPurpose.OTHER and not data.get("note"):
            self.add_error("note", _("Please say what for."))
        return data


class UploadForm(forms.Form):
    file = forms.FileField(label=_("File"), help_text=_("CSV or XLSX, up to 200 MB and 200,000 rows"))

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        if upload.size > MAX_BYTES:
            raise forms.ValidationError(REASONS["file_too_big"])
        return upload


class MappingForm(forms.Form):
    """One choice per column of the file; a field is used once."""

    def __init__(self, *args: Any, columns: list[dict[str, Any]], proposed: dict[str, str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.columns = columns
        choices = [(IGNORE, _("Not imported")), *((one.key, column_label(one.key)) for one in COLUMNS)]
        for index, column in enumerate(columns):
            self.fields[f"c{index}"] = forms.ChoiceField(
                choices=choices, required=False, initial=proposed.get(column["header"], IGNORE), label=column["header"]
            )

    @property
    def mapping(self) -> dict[str, str]:
        return {column["header"]: self.cleaned_data.get(f"c{index}", "") for index, column in enumerate(self.columns)}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        used: dict[str, str] = {}
        for name, key in list(data.items()):
            if key and key in used:
                self.add_error(name, _("Two columns are mapped to the same field."))
            used[key] = name
        if not {"employee_number", "id_number"} & set(used):
            self.add_error(None, _("A column for the employee number or the ID number is needed."))
        if "hire_date" not in used:
            self.add_error(None, _("A column for the hire date is needed."))
        return data

    def lines(self) -> list[dict[str, Any]]:
        return [{**column, "field": self[f"c{index}"]} for index, column in enumerate(self.columns)]


class NumberingForm(forms.ModelForm):  # type: ignore[type-arg]  # generic for the checker only
    """The rule as fields. Codes of business units: one 'RETAIL=HD' per line."""

    codes = forms.CharField(
        label=_("Codes of business units"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("One per line: code of the unit = code in the number"),
    )

    class Meta:
        model = NumberingRule
        fields = ("template", "group_code", "default_unit_code", "digits")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial["codes"] = "\n".join(f"{unit}={code}" for unit, code in sorted(self.instance.unit_codes.items()))

    def clean_codes(self) -> dict[str, str]:
        codes = {}
        for line in self.cleaned_data["codes"].splitlines():
            unit, equals, code = line.partition("=")
            if line.strip() and not equals:
                raise forms.ValidationError(_("Each line needs a unit, = and a code."))
            if line.strip():
                codes[unit.strip()] = code.strip()
        return codes

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            for fault in faults_of(self.rule().pattern):
                self.add_error(None, NUMBERING_FAULTS[fault])
        return data

    def rule(self) -> NumberingRule:
        """The rule as typed, not saved: for the preview."""
        return NumberingRule(version=0, **self.facts())

    def facts(self) -> dict[str, Any]:
        data = {name: value for name, value in self.cleaned_data.items() if name != "codes"}
        return data | {"unit_codes": self.cleaned_data.get("codes") or {}}

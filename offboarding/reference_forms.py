"""What people type about dated figures: one form per table, its fields being the table's columns."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .figures import IN_WORDS
from .forms import DayInput, RuleForm
from .models import ReferenceRow, ReferenceTable, RowStatus
from .rules.reference_rows import CATEGORIES, COLUMNS, OF_A_CITY, SETS
from .words import COLUMN_WORDS

LARGEST = 1_000_000
EXAMPLES = {
    "tax_bands": _("One band a line: up to, percent, quick deduction; the last has no end, and the tax must not jump."),
    "medical_periods": _("One step a line: working years, years here, months, counted within months."),
}


class RowForm(RuleForm):
    """A new row of one table. An old one is never changed: who corrects enters the right one beside it."""

    city = forms.CharField(label=_("City"), max_length=40)
    adcode = forms.RegexField(label=_("Area code"), regex=r"^\d{6}$", help_text=_("Six digits, such as 310000."))
    effective_from = forms.DateField(label=_("Holds from"), widget=DayInput)
    source = forms.CharField(label=_("Source"), max_length=500, help_text=_("The notice or paper, with its number."))
    source_url = forms.URLField(label=_("Address of the source"), max_length=500, required=False, assume_scheme="https")
    source_date = forms.DateField(label=_("Published on"), required=False, widget=DayInput)
    note = forms.CharField(label=_("Note"), max_length=300, required=False)

    def __init__(self, *args: Any, table: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.table = table
        if table not in OF_A_CITY:
            del self.fields["city"], self.fields["adcode"]
        own = {name: _field(table, name) for name in COLUMNS[table]}
        place = {name: self.fields[name] for name in ("city", "adcode") if name in self.fields}
        self.fields = place | own | {name: one for name, one in self.fields.items() if name not in place}

    @property
    def said(self) -> dict[str, Any]:
        return self.cleaned_data | {"table": self.table}


def _field(table: str, name: str) -> forms.Field:
    label, needed = COLUMN_WORDS[name], COLUMNS[table][name].is_needed
    if name in IN_WORDS:
        return forms.ChoiceField(label=label, choices=list(IN_WORDS[name].items()))
    if name == "category":
        return forms.ChoiceField(label=label, choices=[(word, word) for word in CATEGORIES])
    if table in SETS:
        return forms.CharField(
            label=label, max_length=4000, widget=forms.Textarea(attrs={"rows": 8}), help_text=EXAMPLES[table]
        )
    return forms.CharField(label=label, max_length=20, required=needed)


def initial_of(row: ReferenceRow) -> dict[str, Any]:
    names = ("city", "adcode", "effective_from", "source", "source_url", "source_date", "note")
    return {name: getattr(row, name) for name in names} | row.texts


class ReviewForm(RuleForm):
    decision = forms.ChoiceField(choices=[("confirm", "confirm"), ("return", "return")])
    reason = forms.CharField(label=_("Why it goes back"), required=False, max_length=500)


class FileForm(RuleForm):
    file = forms.FileField(label=_("File"), help_text=_("CSV, Excel or JSON, with the columns of the export."))

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        if upload.size > LARGEST:
            raise forms.ValidationError(_("This file is too big."))
        return upload


class RowFilter(forms.Form):
    q = forms.CharField(required=False, max_length=40, label=_("City or area code"))
    status = forms.ChoiceField(
        required=False,
        label=_("Status"),
        choices=[("", _("In force and drafts")), ("waiting", _("To confirm")), *RowStatus.choices],
    )

    def of(self, rows: Any, table: str) -> Any:
        """An unreadable filter is no filter."""
        self.is_valid()
        said = getattr(self, "cleaned_data", {})
        rows = rows.filter(table=table)
        if q := said.get("q"):
            rows = rows.filter(city__icontains=q) | rows.filter(adcode__startswith=q)
        status = said.get("status")
        if status == "waiting":
            return rows.waiting()
        return rows.filter(status=status) if status else rows.exclude(status=RowStatus.SUPERSEDED)


def table_of(word: str) -> str:
    return word if word in ReferenceTable.values else ReferenceTable.AVERAGE_WAGES.value


class SourceForm(RuleForm):
    file = forms.FileField(
        label=_("The notice itself"), help_text=_("Whoever confirms the figure compares it with this.")
    )

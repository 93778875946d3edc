from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ehr.units.year_files import Unreadable, read

LARGEST = 100_000
PROBLEMS = {
    "empty": _("No day is listed in this file."),
    "no_date": _("Line %(line)s: a date such as 2027-02-06 comes first."),
    "no_word": _("Line %(line)s: after the date comes work or rest."),
    "other_year": _("Line %(line)s: %(day)s is not in this year."),
    "twice": _("Line %(line)s: %(day)s is listed twice."),
    "off_by_law": _("%(day)s is off by law; the file makes it a working day."),
}


class DayForm(forms.Form):
    date = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}))
    work = forms.TypedChoiceField(
        label=_("That day is"), choices=[("rest", _("off")), ("work", _("worked"))], coerce=lambda word: word == "work"
    )
    note = forms.CharField(label=_("Why"), max_length=100)


class YearForm(forms.Form):
    year = forms.IntegerField(label=_("Year"), min_value=2024, max_value=2050)
    source = forms.CharField(label=_("Notice it follows"), max_length=200)
    file = forms.FileField(
        label=_("Days that differ from plain weeks"),
        help_text=_("A CSV file with lines such as 2027-02-06,work,Spring Festival or 2027-10-01,rest."),
    )

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        upload, year = said.get("file"), said.get("year")
        if upload is not None and year:
            try:
                said["listed"] = read(_text(upload), year=year)
            except Unreadable as problem:
                self.add_error("file", str(PROBLEMS[problem.code]) % {"line": problem.line, "day": problem.day})
        return said


def _text(upload: Any) -> str:
    raw: bytes = upload.read(LARGEST)
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable("empty")

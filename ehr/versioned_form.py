"""A form of something on file that somebody else may change meanwhile."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.template.defaultfilters import yesno
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ehr.as_read import moved, version_of
from ehr.errors import WrongState
from ehr.rule_form import RuleForm


class VersionedForm(RuleForm):
    version = forms.CharField(widget=forms.HiddenInput, required=False)

    def change(self, work: Callable[[dict[str, Any]], Any], *, on_file: Callable[[], dict[str, Any]]) -> int:
        """The status to answer with: 302 once it is done, 409 when somebody was faster, 422 when something says no."""
        try:
            return 302 if self.attempt(work) else 422
        except WrongState:
            now = on_file()
            self.tell_what_moved(now, version=version_of(now))
            return 409

    def tell_what_moved(self, on_file: dict[str, Any], *, version: str) -> None:
        """What was typed stays; beside it stands what saving once more would take the place of."""
        said, read = dict(self.cleaned_data), self.cleaned_data["version"]
        self.add_error(None, _("Somebody changed this while you had it open. Saving again puts yours in its place."))
        for name, value in moved(on_file, since=read).items():
            if name in self.fields and said.get(name) != value:
                self.add_error(name, _("On file now: %(value)s") % {"value": shown(self.fields[name], value)})
        sent: Any = self.data
        self.data = again = sent.copy()
        again["version"] = version


def shown(field: forms.Field, value: Any) -> str:
    """A value as it is read, not typed."""
    if field.prepare_value(value) in (None, ""):
        return "—"
    if isinstance(field, forms.ChoiceField):
        return str(dict(field.choices).get(value, value))  # type: ignore[arg-type]
    if isinstance(field, forms.BooleanField):
        return str(yesno(value))
    return date_format(value, "Y-m-d") if isinstance(field, forms.DateField) else str(value)

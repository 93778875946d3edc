"""A connection's form is made from its connector's own description."""

from collections.abc import Mapping
from datetime import time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ehr.units.models import OrgUnit
from integrations.connectors.egress import AddressRefused, endpoint
from integrations.connectors.protocol import ConfigField, FieldKind, Manifest
from integrations.models import Connection
from offboarding.models import Case

PLAIN = ("name", "title", "mode", "hour", "rate", "bulkhead")


class ConnectionForm(forms.Form):
    title = forms.CharField(label=_("Name"), max_length=80)
    name = forms.SlugField(
        label=_("Short name"), max_length=40, help_text=_("A unit below replaces it by the same short name.")
    )
    unit = forms.ModelChoiceField(
        label=_("Valid for"), queryset=OrgUnit.objects.none(), required=False, empty_label=_("Everywhere"),
        help_text=_("And for all units below, unless they have their own."),
    )  # fmt: skip
    mode = forms.ChoiceField(label=_("How"), choices=Connection.Mode.choices, initial=Connection.Mode.AUTO)
    hour = forms.TimeField(label=_("Hour on the last day"), initial=time(18))
    at_once_for_dismissals = forms.BooleanField(
        label=_("Dismissals: at once, as soon as the person has been told"), required=False, initial=True
    )
    rate = forms.FloatField(label=_("Requests per second at most"), min_value=0.1, max_value=100, initial=10)
    bulkhead = forms.IntegerField(label=_("Requests at the same time at most"), min_value=1, max_value=32, initial=4)

    def __init__(self, *args: Any, manifest: Manifest, connection: Connection | None = None, **kwargs: Any) -> None:
        self.manifest, self.connection = manifest, connection
        kwargs["initial"] = initial_of(manifest, connection)
        super().__init__(*args, **kwargs)
        units = self.fields["unit"]
        assert isinstance(units, forms.ModelChoiceField)
        units.queryset = OrgUnit.objects.order_by("path")
        for field in manifest.fields:
            self.fields[_key(field)] = form_field(field, is_kept=_has(connection, field))

    @property
    def plain(self) -> dict[str, Any]:
        """The columns of the row."""
        data = self.cleaned_data
        at_once = ["dismissal"] if data["at_once_for_dismissals"] else []
        return {
            **{name: data[name] for name in PLAIN},
            "unit": data["unit"],
            "at_once_for": at_once,
            "config": self.config,
        }

    @property
    def config(self) -> dict[str, Any]:
        return {f.name: self.cleaned_data[_key(f)] for f in self.manifest.fields if f.kind is not FieldKind.SECRET}

    @property
    def secrets(self) -> dict[str, str]:
        return {f.name: self.cleaned_data[_key(f)] for f in self.manifest.fields if f.kind is FieldKind.SECRET}


class Address(forms.CharField):
    """Checked for its shape here; where it leads is checked at every call."""

    def clean(self, value: Any) -> str:
        text = str(super().clean(value))
        if text:
            try:
                endpoint(text)
            except AddressRefused as error:
                raise forms.ValidationError(_("An address begins with https:// and has no password in it.")) from error
        return text


def form_field(field: ConfigField, *, is_kept: bool) -> forms.Field:
    common: dict[str, Any] = {"label": field.label, "help_text": field.help, "required": field.required}
    match field.kind:
        case FieldKind.SECRET:
            hint = _("Stored and not shown again. Leave empty to keep it.") if is_kept else field.help
            widget = forms.PasswordInput(attrs={"autocomplete": "new-password"})
            return forms.CharField(
                label=field.label, help_text=hint, required=field.required and not is_kept, widget=widget
            )
        case FieldKind.URL:
            return Address(**common)
        case FieldKind.NUMBER:
            return forms.IntegerField(**common)
        case FieldKind.CHOICE:
            return forms.ChoiceField(choices=field.choices, **common)
        case FieldKind.CHOICES:
            return forms.MultipleChoiceField(choices=field.choices, widget=forms.CheckboxSelectMultiple, **common)
        case FieldKind.TEXT:
            return forms.CharField(**common)


def initial_of(manifest: Manifest, connection: Connection | None) -> dict[str, Any]:
    if connection is None:
        return {_key(field): field.default for field in manifest.fields} | {
            "name": manifest.code,
            "rate": manifest.rate,
        }
    row = {name: getattr(connection, name) for name in PLAIN}
    row |= {"unit": connection.unit_id, "at_once_for_dismissals": "dismissal" in connection.at_once_for}
    return row | {_key(field): _shown(field, connection.config) for field in manifest.fields}


def _shown(field: ConfigField, config: Mapping[str, Any]) -> Any:
    return "" if field.kind is FieldKind.SECRET else config.get(field.name, field.default)


def _has(connection: Connection | None, field: ConfigField) -> bool:
    return connection is not None and field.name in connection.fingerprints


def _key(field: ConfigField) -> str:
    return f"config_{field.name}"


class SettleForm(forms.Form):
    outcome = forms.ChoiceField(
        label=_("What has been done?"),
        choices=(("done_by_hand", _("Done by hand")), ("not_needed", _("Not needed"))),
        widget=forms.RadioSelect,
    )


class ExportBasisForm(forms.Form):
    basis = forms.ChoiceField(label=_("Basis"), choices=Connection.ExportBasis.choices, widget=forms.RadioSelect)
    reference = forms.CharField(
        label=_("Paper behind it"),
        help_text=_("Number of the filing, and of the impact assessment."),
        max_length=120,
    )


class DryRunForm(forms.Form):
    number = forms.CharField(
        label=_("Case number"), max_length=20, widget=forms.TextInput(attrs={"placeholder": "LZ-2026-0001"})
    )

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by

    def clean_number(self) -> Case:
        """What this person may not see reads like what does not exist."""
        case: Case | None = Case.objects.visible_to(self.by).filter(number=self.cleaned_data["number"].strip()).first()
        if case is None:
            raise forms.ValidationError(_("There is no exit with this number."))
        return case

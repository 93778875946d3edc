from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ehr.access.labels import ROLE_LABELS
from ehr.access.roles import GRANTABLE, Role
from ehr.identity.models import User
from ehr.units.models import OrgUnit


class GiveRoleForm(forms.Form):
    username = forms.CharField(label=_("Who (sign-in name)"), max_length=150)
    role = forms.TypedChoiceField(
        label=_("Role"), choices=[(role.value, ROLE_LABELS[role]) for role in Role if role in GRANTABLE], coerce=Role
    )
    unit = forms.CharField(
        label=_("Unit (code)"), max_length=40, required=False, help_text=_("Empty means the whole group.")
    )
    valid_from = forms.DateField(label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    valid_to = forms.DateField(label=_("Until"), required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def clean_username(self) -> str:
        name: str = self.cleaned_data["username"]
        self.user = User.objects.with_full_access().filter(username=name).first()
        if self.user is None:
            raise forms.ValidationError(_("Nobody with this name may sign in."))
        return name

    def clean_unit(self) -> OrgUnit | None:
        code = self.cleaned_data["unit"]
        unit = OrgUnit.objects.filter(code=code).first() if code else None
        if code and unit is None:
            raise forms.ValidationError(_("There is no unit with this code."))
        return unit

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        start, end = cleaned.get("valid_from"), cleaned.get("valid_to")
        if start and end and end < start:
            self.add_error("valid_to", _("The end lies before the beginning."))
        return cleaned

    def arguments(self) -> dict[str, Any]:
        chosen = {name: self.cleaned_data[name] for name in ("role", "unit", "valid_from", "valid_to")}
        return chosen | {"user": self.user}

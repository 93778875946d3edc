from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from ehr.identity.models import User
from ehr.units.changing import OF_THE_TREE, unit_on_file, unit_version
from ehr.units.models import LegalEntity, OrgUnit
from ehr.versioned_form import VersionedForm


class UnitForm(VersionedForm):
    """With the fields that its reader may change."""

    name = forms.CharField(label=_("Name"), max_length=120)
    place = forms.CharField(label=_("Place"), max_length=40, required=False)
    head = forms.CharField(label=_("Head (sign-in name)"), max_length=150, required=False)
    parent = forms.CharField(label=_("Belongs to (code)"), max_length=40, required=False)
    employer = forms.ModelChoiceField(
        label=_("Employer"),
        queryset=LegalEntity.objects.order_by("code"),
        required=False,
        help_text=_("Of whoever is hired here or below from now on. People on file keep theirs."),
    )

    def __init__(self, *args: Any, unit: OrgUnit, may_manage: bool, **kwargs: Any) -> None:
        self.unit = unit
        initial = unit_on_file(unit) | {
            "head": unit.head.username if unit.head else "",
            "parent": unit.parent.code if unit.parent else "",
            "version": unit_version(unit),
        }
        super().__init__(*args, **{**kwargs, "initial": initial})
        if not may_manage:
            for name in OF_THE_TREE:
                del self.fields[name]
        self._name_what_is_above(unit.employer_above())

    def _name_what_is_above(self, above: LegalEntity | None) -> None:
        employer: Any = self.fields["employer"]
        employer.empty_label = _now("As above (%(name)s)") % {"name": above} if above else _now("None named")

    def clean_head(self) -> User | None:
        name = self.cleaned_data["head"]
        head = User.objects.with_full_access().filter(username=name).first() if name else None
        if name and head is None:
            raise forms.ValidationError(_("Nobody with this name may sign in."))
        return head

    def clean_parent(self) -> OrgUnit | None:
        code = self.cleaned_data["parent"]
        parent = OrgUnit.objects.filter(code=code).first() if code else None
        if (code or self.unit.parent_id) and parent is None:
            raise forms.ValidationError(_("There is no unit with this code."))
        return parent

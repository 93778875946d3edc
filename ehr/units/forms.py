from datetime import datetime
from typing import Any

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ehr.identity.models import User
from ehr.units.models import MOST_WORDS, LegalEntity, OrgUnit


class EntityForm(forms.Form):
    has_union = forms.BooleanField(
        label=_("Has a union of its own"),
        help_text=_("Then it is told the reasons in writing before anybody is dismissed."),
        required=False,
    )
    reason = forms.CharField(
        label=_("Why it changes"),
        max_length=MOST_WORDS,
        required=False,
        help_text=_("Legal reads it, and the record keeps it."),
    )

    def apply(self, entity: LegalEntity, *, by: User, at: datetime) -> None:
        entity.say_union(has_union=self.cleaned_data["has_union"], reason=self.cleaned_data["reason"], by=by, at=at)


class UnitForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120)
    place = forms.CharField(label=_("Place"), max_length=40, required=False)
    head = forms.CharField(label=_("Head (sign-in name)"), max_length=150, required=False)
    parent = forms.CharField(label=_("Belongs to (code)"), max_length=40, required=False)

    def __init__(self, *args: Any, unit: OrgUnit, **kwargs: Any) -> None:
        self.unit = unit
        initial = {
            "name": unit.name,
            "place": unit.place,
            "head": unit.head.username if unit.head else "",
            "parent": unit.parent.code if unit.parent else "",
        }
        super().__init__(*args, **{**kwargs, "initial": initial})

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

    @transaction.atomic
    def apply(self, *, by: User, at: datetime) -> None:
        chosen = self.cleaned_data
        self.unit.rename(chosen["name"], place=chosen["place"], by=by, at=at)
        if chosen["head"] != self.unit.head:
            self.unit.appoint(chosen["head"], by=by, at=at)
        if chosen["parent"] is not None and chosen["parent"].pk != self.unit.parent_id:
            self.unit.move(to=chosen["parent"], by=by, at=at)

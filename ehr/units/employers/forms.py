from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ehr.rule_form import RuleForm
from ehr.units.models import MOST_WORDS
from ehr.versioned_form import VersionedForm


class NameField(forms.CharField):
    def __init__(self, **kwargs: Any) -> None:
        hint = _("In full, as on the business licence. New papers carry it; those that are issued keep theirs.")
        super().__init__(label=_("Name"), max_length=120, help_text=hint, **kwargs)


class UsccField(forms.CharField):
    def __init__(self, **kwargs: Any) -> None:
        hint = _("18 signs, as on the business licence.")
        label = _("Unified social credit code")
        super().__init__(label=label, max_length=40, required=False, help_text=hint, **kwargs)


class UnionField(forms.BooleanField):
    def __init__(self, **kwargs: Any) -> None:
        hint = _("Then it is told the reasons in writing before anybody is dismissed.")
        super().__init__(label=_("Has a union of its own"), required=False, help_text=hint, **kwargs)


class ReasonField(forms.CharField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(label=_("Why it changes"), max_length=MOST_WORDS, **kwargs)


class NewEmployerForm(RuleForm):
    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        help_text=_("Letters and digits. It begins the numbers of its papers and stays."),
    )
    name = NameField()
    uscc = UsccField()
    has_union = UnionField(initial=True)


class EmployerForm(VersionedForm):
    name = NameField()
    uscc = UsccField()
    has_union = UnionField()
    reason = ReasonField(
        required=False,
        help_text=_("Needed once something changes. The record keeps it, and legal reads why a union comes or goes."),
    )


class SealForm(VersionedForm):
    file = forms.FileField(
        label=_("Image of the seal"),
        help_text=_("PNG, at most 1 MB, 400 to 4000 pixels a side, best without a background."),
        widget=forms.FileInput(attrs={"accept": "image/png"}),
    )
    reason = ReasonField()


class SealRemovalForm(VersionedForm):
    reason = ReasonField()

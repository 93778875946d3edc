from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ehr.documents.kinds import kinds, texts
from ehr.documents.markup import LONGEST
from ehr.rule_form import RuleForm
from ehr.units.models import LegalEntity

OCCASIONS = {"resignation": _("resignations")}
LARGEST_CERTIFICATE = 200_000


class StandingReleaseForm(forms.Form):
    entity = forms.ModelChoiceField(LegalEntity.objects.order_by("name"), label=_("Company"))
    what = forms.ChoiceField(label=_("Papers"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["what"].choices = [  # type: ignore[attr-defined]
            (f"{kind.code}:{occasion}", f"{kind.title} · {OCCASIONS.get(occasion, occasion)}")
            for kind in kinds()
            for occasion in kind.standing
        ]

    def chosen(self) -> dict[str, Any]:
        kind, _colon, occasion = self.cleaned_data["what"].partition(":")
        return {"entity": self.cleaned_data["entity"], "kind": kind, "occasion": occasion}


class CertificateForm(forms.Form):
    entity = forms.ModelChoiceField(LegalEntity.objects.order_by("name"), label=_("Company"))
    file = forms.FileField(label=_("PKCS#12 file (.p12, .pfx)"))
    password = forms.CharField(
        label=_("Password of the file"), required=False, widget=forms.PasswordInput(attrs={"autocomplete": "off"})
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST_CERTIFICATE:
            raise forms.ValidationError(_("This is too big to be a certificate."))
        return file

    def chosen(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {"entity": data["entity"], "pkcs12": data["file"].read(), "password": data["password"]}


class NewTextForm(RuleForm):
    """Which paper, and for which company: the draft of that text."""

    paper = forms.ChoiceField(label=_("Paper"))
    entity = forms.ModelChoiceField(
        LegalEntity.objects.order_by("name"), label=_("Company"), required=False, empty_label=_("The whole group")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["paper"].choices = [  # type: ignore[attr-defined]
            (f"{kind.code}:{code}", f"{kind.title} · {label}" if code else str(kind.title))
            for kind in texts()
            for code, label in kind.variants
        ]

    def chosen(self) -> dict[str, Any]:
        kind, _colon, variant = self.cleaned_data["paper"].partition(":")
        return {"kind": kind, "variant": variant, "entity": self.cleaned_data["entity"]}


class BodyForm(RuleForm):
    body = forms.CharField(
        label=_("Text"),
        max_length=LONGEST,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 26, "spellcheck": "false", "class": "p-body"}),
    )
    bilingual = forms.BooleanField(label=_("Preview in Chinese and English"), required=False)


class NoteForm(RuleForm):
    note = forms.CharField(label=_("What changed and why"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))

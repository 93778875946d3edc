from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ehr.documents.kinds import kinds
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

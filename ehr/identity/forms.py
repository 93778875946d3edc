from typing import Any

from django import forms
from django.conf import settings
from django.core.validators import RegexValidator, validate_email
from django.utils.translation import gettext_lazy as _

from ehr.identity import codes
from ehr.identity.contacts import Contact, normalised
from ehr.identity.models import User
from ehr.notices.channels import channel_of
from ehr.notices.models import ChannelChoice

is_phone = RegexValidator(r"^1\d{10}$", _("Please enter a mobile number with 11 digits."))


class LanguageForm(forms.ModelForm):  # type: ignore[type-arg]
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)

    class Meta:
        model = User
        fields = ["language"]


class ChannelForm(forms.Form):
    """In-app is always on, so it has no box; neither has what nobody here carries."""

    email = forms.BooleanField(label=_("Also tell me by e-mail"), required=False)
    sms = forms.BooleanField(
        label=_("By SMS when something of mine is late"), help_text=_("To the phone in your file."), required=False
    )
    im = forms.BooleanField(label=_("By instant message when something of mine is late"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code in (ChannelChoice.Channel.SMS.value, ChannelChoice.Channel.IM.value):
            channel = channel_of(code)
            if channel is None or not channel.is_ready():
                del self.fields[code]

    def chosen(self) -> dict[str, bool]:
        return {code: self.cleaned_data[code] for code in self.fields}


class ContactForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind"), choices=[])
    value = forms.CharField(label=_("Private e-mail address or mobile number"), max_length=120)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["kind"]
        field.choices = [(kind, Contact.Kind(kind).label) for kind in codes.kinds()]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        value = normalised(cleaned.get("value", ""))
        check = validate_email if cleaned.get("kind") == Contact.Kind.EMAIL else is_phone
        if value:
            try:
                check(value)
            except forms.ValidationError as error:
                self.add_error("value", error)
        return cleaned | {"value": value}


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("One-time code"),
        max_length=6,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
        validators=[RegexValidator(r"^\d{6}$", _("The code has six digits."))],
    )


class DoorForm(forms.Form):
    contact = forms.CharField(label=_("The private e-mail address or mobile number you gave us"), max_length=120)

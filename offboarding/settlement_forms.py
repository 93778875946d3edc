"""What people fill in on a settlement."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .forms import DayInput, RuleForm
from .models import GroundName
from .rules.pay_inputs import PayInputs

NONE = Decimal(0)


def _amount(label: Any, **more: Any) -> forms.DecimalField:
    return forms.DecimalField(label=label, required=False, min_value=0, max_digits=12, decimal_places=2, **more)


class InputsForm(RuleForm):
    """The facts that no file holds. Legal's finding is not among them."""

    ground = forms.ChoiceField(label=_("Ground of law"), required=False, choices=())
    entitlement_days = forms.IntegerField(
        label=_("Days of leave a year"),
        required=False,
        min_value=0,
        max_value=60,
        help_text=_("Empty: by the service on file; work for other employers counts as well."),
    )
    used_days = forms.DecimalField(
        label=_("Days of leave taken this year"), required=False, min_value=0, max_digits=4, decimal_places=1
    )
    carried_days = forms.DecimalField(
        label=_("Days of leave carried over from last year"),
        required=False,
        min_value=0,
        max_digits=4,
        decimal_places=1,
    )
    other_pay = _amount(_("Overtime, commission and bonus still due, in yuan"))
    other_pay_basis = forms.CharField(label=_("Sheet it is counted on"), required=False, max_length=500)
    ex_gratia = _amount(_("More than the law asks for, in yuan"))
    ex_gratia_reason = forms.CharField(label=_("Why"), required=False, max_length=500)
    agreed = _amount(
        _("Whole sum that both signed, in yuan"),
        help_text=_("Empty: severance by law. What is above it counts as given; less than the law gives is told."),
    )
    medical_subsidy = _amount(_("Medical subsidy after the medical period, in yuan"))
    injury_payments = _amount(
        _("One-off payments for a work injury, in yuan"),
        help_text=_("Medical and employment subsidy by the table of the province; not taxed."),
    )
    non_resident = forms.BooleanField(label=_("Not resident in China for tax"), required=False)
    court_order = _amount(_("Withheld by order of a court, in yuan"))
    court_order_basis = forms.CharField(label=_("Number of the order"), required=False, max_length=500)
    loss = _amount(_("Loss the employee caused, in yuan"))
    loss_basis = forms.CharField(label=_("Clause of the contract"), required=False, max_length=500)
    assets = _amount(_("Price of items not returned, in yuan"))
    assets_basis = forms.CharField(label=_("Paper that proves it"), required=False, max_length=500)
    assets_signed = forms.BooleanField(label=_("The employee signed that it is set off"), required=False)
    renewal_refused = forms.BooleanField(
        label=_("The same or better terms were offered and refused"),
        required=False,
        help_text=_("Only with both papers on file: the offer and the refusal."),
    )
    employer_delays = forms.BooleanField(label=_("The company itself delays the handover"), required=False)

    def __init__(self, *args: Any, grounds: tuple[str, ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ground"].choices = [("", "—"), *((code, GroundName(code).label) for code in grounds)]

    def inputs(self) -> PayInputs:
        said = {name: NONE if name in AMOUNTS and value is None else value for name, value in self.cleaned_data.items()}
        return PayInputs(**said)


AMOUNTS = (
    *("carried_days", "other_pay", "ex_gratia", "medical_subsidy", "injury_payments"),
    *("court_order", "loss", "assets"),
)


class ConfirmationForm(RuleForm):
    decision = forms.ChoiceField(choices=[("confirm", "confirm"), ("return", "return")])
    comment = forms.CharField(label=_("Why it goes back"), required=False, max_length=2000)


class PaymentForm(RuleForm):
    paid_date = forms.DateField(label=_("Paid on"), widget=DayInput)
    reference = forms.CharField(label=_("Number of the bank slip"), max_length=80)


class JudgementForm(RuleForm):
    unlawful = forms.TypedChoiceField(
        label=_("Does the ending hold?"),
        choices=[("no", _("It holds")), ("yes", _("Unlawful: 2N"))],
        coerce=lambda word: word == "yes",
    )
    agreement_void = forms.BooleanField(label=_("The agreement is void or was rescinded"), required=False)
    reason = forms.CharField(label=_("Why"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))


class PayMonthForm(RuleForm):
    """The month as <input type=month> sends it: 2026-04."""

    month = forms.RegexField(
        label=_("Month"), regex=r"^\d{4}-(0[1-9]|1[0-2])$", widget=forms.TextInput(attrs={"type": "month"})
    )
    gross = forms.DecimalField(label=_("Gross pay in yuan"), min_value=0, max_digits=12, decimal_places=2)
    overtime = _amount(_("of it overtime"))
    annual_bonus = _amount(_("of it annual bonus"))

    def clean_month(self) -> date:
        year, month = self.cleaned_data["month"].split("-")
        return date(int(year), int(month), 1)

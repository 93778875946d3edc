"""Shapes of a settlement in the API. Without the permission to see pay an amount is null."""

from decimal import Decimal
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from .models import Settlement, SettlementLine, SettlementPayment


class CoveredField(serializers.CharField):
    """The text of an amount or a formula, for those who may see pay."""

    def to_representation(self, value: Any) -> Any:
        return value if self.context.get("sees_pay") else None


class SettlementLineSerializer(serializers.ModelSerializer[SettlementLine]):
    formula = CoveredField(read_only=True, allow_null=True)
    amount = CoveredField(read_only=True, allow_null=True)

    class Meta:
        model = SettlementLine
        fields = ["code", "formula", "article", "row", "when", "amount"]


class SettlementPaymentSerializer(serializers.ModelSerializer[SettlementPayment]):
    amount = CoveredField(read_only=True)
    paid_by = serializers.CharField(source="paid_by.username", default=None, read_only=True)

    class Meta:
        model = SettlementPayment
        fields = ["when", "amount", "due_date", "paid_date", "reference", "paid_by"]


class RiskSerializer(serializers.Serializer[Any]):
    code = serializers.CharField()
    formula = serializers.CharField()
    article = serializers.CharField()
    amount = serializers.CharField()


class SettlementSerializer(serializers.ModelSerializer[Settlement]):
    version = serializers.IntegerField(source="nth", read_only=True)
    total = CoveredField(read_only=True, allow_null=True)
    codes = serializers.ListField(child=serializers.CharField(), read_only=True)
    gaps = serializers.ListField(child=serializers.DictField(), read_only=True)
    calculated_by = serializers.CharField(source="calculated_by.username", default=None, read_only=True)
    confirmed_by = serializers.CharField(source="confirmed_by.username", default=None, read_only=True)
    lines = serializers.SerializerMethodField()
    payments = serializers.SerializerMethodField()
    risks = serializers.SerializerMethodField(help_text="What may be claimed beside it, in no sum; not for the leaver.")

    class Meta:
        model = Settlement
        fields = [
            "id",
            "version",
            "cause",
            "state",
            "total",
            "codes",
            "gaps",
            "calculated_by",
            "calculated_at",
            "confirmed_by",
            "confirmed_at",
            "lines",
            "payments",
            "risks",
        ]

    def get_lines(self, row: Settlement) -> list[dict[str, Any]]:
        lines = row.lines.order_by("position")
        return list(SettlementLineSerializer(lines, many=True, context=self.context).data)

    def get_payments(self, row: Settlement) -> list[dict[str, Any]]:
        payments = row.payments.select_related("paid_by").order_by("-when")
        return list(SettlementPaymentSerializer(payments, many=True, context=self.context).data)

    @extend_schema_field(RiskSerializer(many=True))
    def get_risks(self, row: Settlement) -> Any:
        return RiskSerializer(self.context.get("risks", ()), many=True).data


class MoneyField(serializers.DecimalField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_digits=12, decimal_places=2, min_value=Decimal(0), default=Decimal(0), **kwargs)


class PayInputsSerializer(serializers.Serializer[Any]):
    ground = serializers.CharField(max_length=20, required=False, default="", allow_blank=True)
    entitlement_days = serializers.IntegerField(
        min_value=0, max_value=60, required=False, allow_null=True, default=None
    )
    used_days = serializers.DecimalField(
        max_digits=4, decimal_places=1, min_value=Decimal(0), required=False, allow_null=True, default=None
    )
    carried_days = serializers.DecimalField(
        max_digits=4, decimal_places=1, min_value=Decimal(0), default=Decimal(0), help_text="Leave of last year."
    )
    other_pay = MoneyField(help_text="Overtime, commission and bonus that are due and not paid yet.")
    other_pay_basis = serializers.CharField(max_length=500, default="", allow_blank=True)
    ex_gratia = MoneyField()
    ex_gratia_reason = serializers.CharField(max_length=500, default="", allow_blank=True)
    medical_subsidy = MoneyField()
    injury_payments = MoneyField(help_text="One-off payments for a work injury, by the table of the province (REG 23).")
    agreed = serializers.DecimalField(
        max_digits=12,
        decimal_places=2,
        min_value=Decimal(0),
        default=None,
        allow_null=True,
        help_text="Of an agreement: the whole sum both signed, in the place of severance and ex_gratia.",
    )
    non_resident = serializers.BooleanField(default=False, help_text="Not resident in China for tax.")
    court_order = MoneyField()
    court_order_basis = serializers.CharField(max_length=500, default="", allow_blank=True)
    loss = MoneyField()
    loss_basis = serializers.CharField(max_length=500, default="", allow_blank=True)
    assets = MoneyField()
    assets_basis = serializers.CharField(max_length=500, default="", allow_blank=True)
    assets_signed = serializers.BooleanField(default=False)
    renewal_refused = serializers.BooleanField(
        default=False, help_text="Only with E_RENEWAL_OFFER and E_RENEWAL_REFUSAL on file (LCL 46(5))."
    )
    employer_delays = serializers.BooleanField(default=False)


class ReadSerializer(serializers.Serializer[Any]):
    version = serializers.IntegerField(min_value=1, help_text="The one that was read; 409 if there is a newer one.")


class ReasonsSerializer(ReadSerializer):
    """One written reason for each warning, by its code."""

    reasons = serializers.DictField(child=serializers.CharField(max_length=500), default=dict)


class ConfirmationSerializer(ReadSerializer):
    decision = serializers.ChoiceField(choices=["confirm", "return"])
    comment = serializers.CharField(max_length=2000, default="", allow_blank=True)


class PaymentSerializer(ReadSerializer):
    when = serializers.ChoiceField(choices=["last_day", "handover"])
    paid_date = serializers.DateField()
    reference = serializers.CharField(max_length=80)


class JudgementSerializer(serializers.Serializer[Any]):
    unlawful = serializers.BooleanField(
        help_text="422 where the employer ended nothing: B_NO_EMPLOYER_ENDING, or B_AGREEMENT_STANDS without `agreement_void`."
    )
    agreement_void = serializers.BooleanField(
        default=False, help_text="What both signed is void or was rescinded (LCL 26; JI1 35)."
    )
    reason = serializers.CharField(max_length=2000)

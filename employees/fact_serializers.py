"""The facts of a file by the API: what is answered carries the version that a change names again."""

from rest_framework import serializers

from ehr.api import StrictSerializer

from . import keeping
from .models import (
    Contract,
    ContractKind,
    Employment,
    Gender,
    PriorSegment,
    RetirementCategory,
    UnionRole,
    WorkRelation,
    WorkTimeSystem,
)


class PriorSegmentSerializer(serializers.ModelSerializer[PriorSegment]):
    class Meta:
        model = PriorSegment
        fields = ("id", "employer_name", "start_date", "end_date", "severance_paid")


class KeptContractSerializer(serializers.ModelSerializer[Contract]):
    version = serializers.SerializerMethodField()

    class Meta:
        model = Contract
        fields = ("id", "kind", "start_date", "end_date", "signed_date", "nth", "version")

    def get_version(self, row: Contract) -> str:
        return keeping.terms_version(row)


class FactsSerializer(serializers.ModelSerializer[Employment]):
    first_work_date = serializers.DateField(source="person.first_work_date", allow_null=True)
    birth_date = serializers.DateField(source="person.birth_date", allow_null=True)
    gender = serializers.ChoiceField(source="person.gender", choices=Gender.choices)
    version = serializers.SerializerMethodField()
    contracts = KeptContractSerializer(many=True)
    prior_segments = PriorSegmentSerializer(many=True)

    class Meta:
        model = Employment
        fields = (
            *("id", "hire_date", "birth_date", "gender", "relation", "first_work_date", "place_of_performance"),
            *("work_time_system", "retirement_category", "union_role", "probation_end_date", "leave_balance_days"),
            *("version", "contracts", "prior_segments"),
        )

    def get_version(self, row: Employment) -> str:
        return keeping.facts_version(row)


class FactsChangeSerializer(StrictSerializer):
    """Only what is sent is changed."""

    version = serializers.CharField(max_length=100)
    hire_date = serializers.DateField(required=False)
    birth_date = serializers.DateField(required=False, allow_null=True)
    gender = serializers.ChoiceField(choices=Gender.choices, required=False)
    relation = serializers.ChoiceField(choices=WorkRelation.choices, required=False)
    first_work_date = serializers.DateField(required=False, allow_null=True)
    place_of_performance = serializers.CharField(max_length=60, required=False, allow_blank=True)
    work_time_system = serializers.ChoiceField(choices=WorkTimeSystem.choices, required=False)
    retirement_category = serializers.ChoiceField(choices=RetirementCategory.choices, required=False)
    union_role = serializers.ChoiceField(choices=UnionRole.choices, required=False)
    probation_end_date = serializers.DateField(required=False, allow_null=True)
    leave_balance_days = serializers.DecimalField(
        max_digits=5, decimal_places=1, min_value=-366, max_value=366, required=False
    )


class PayChangeSerializer(StrictSerializer):
    """CNY a month."""

    base_pay = serializers.DecimalField(max_digits=12, decimal_places=2, min_value=0)


class NewContractSerializer(StrictSerializer):
    kind = serializers.ChoiceField(choices=ContractKind.choices)
    start_date = serializers.DateField()
    end_date = serializers.DateField(allow_null=True, default=None)
    signed_date = serializers.DateField(allow_null=True, default=None)
    nth = serializers.IntegerField(min_value=1, max_value=99)


class ContractChangeSerializer(StrictSerializer):
    """Only what is sent is changed."""

    version = serializers.CharField(max_length=100)
    kind = serializers.ChoiceField(choices=ContractKind.choices, required=False)
    start_date = serializers.DateField(required=False)
    end_date = serializers.DateField(required=False, allow_null=True)
    signed_date = serializers.DateField(required=False, allow_null=True)
    nth = serializers.IntegerField(min_value=1, max_value=99, required=False)


class NewPriorSegmentSerializer(StrictSerializer):
    employer_name = serializers.CharField(max_length=120)
    start_date = serializers.DateField()
    end_date = serializers.DateField()
    severance_paid = serializers.BooleanField(default=False)

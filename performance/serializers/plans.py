from decimal import Decimal
from typing import Any

from rest_framework import serializers

from employees.models import JobFamily

from ..models import Indicator, Plan, PlanVersion, Rhythm


class IndicatorSerializer(serializers.ModelSerializer[Indicator]):
    weight = serializers.DecimalField(max_digits=5, decimal_places=2, min_value=Decimal("0.01"), max_value=Decimal(100))

    class Meta:
        model = Indicator
        fields = ("key", "title", "weight", "owner", "target")


class PlanVersionSerializer(serializers.ModelSerializer[PlanVersion]):
    indicators = IndicatorSerializer(many=True)
    problems = serializers.SerializerMethodField()

    class Meta:
        model = PlanVersion
        fields = ("number", "state", "note", "published_at", "indicators", "problems")

    def get_problems(self, version: PlanVersion) -> list[str]:
        return list(version.problems())


class PlanSerializer(serializers.ModelSerializer[Plan]):
    unit = serializers.CharField(source="unit.code", default=None)
    employee_number = serializers.CharField(source="employment.employee_number", default=None)
    versions = PlanVersionSerializer(many=True)

    class Meta:
        model = Plan
        fields = ("id", "name", "rhythm", "unit", "job_family", "employee_number", "versions")


class VersionDraftSerializer(serializers.Serializer[Any]):
    note = serializers.CharField(max_length=300, allow_blank=True, default="")
    indicators = IndicatorSerializer(many=True, allow_empty=False, max_length=20)  # type: ignore[call-arg]  # goes to the list around it

    def rows(self) -> list[Indicator]:
        return [Indicator(**row) for row in self.validated_data["indicators"]]


class NewPlanSerializer(serializers.Serializer[Any]):
    """For a unit, a job family in it, or one person; without any of them for the whole group."""

    name = serializers.CharField(max_length=80)
    rhythm = serializers.ChoiceField(choices=Rhythm.choices, default=Rhythm.MONTH)
    unit = serializers.CharField(max_length=40, default="", allow_blank=True)
    job_family = serializers.ChoiceField(choices=JobFamily.choices, default="", allow_blank=True)
    employee_number = serializers.CharField(max_length=40, default="", allow_blank=True)

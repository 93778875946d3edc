"""Shapes of the API. Covered values are not in them: they are opened one at a time in the browser, with a purpose."""

from typing import Any

from rest_framework import serializers

from ehr.api import StrictSerializer
from ehr.api.intake import IntakeSerializer
from ehr.lib.masking import mask_name

from .fact_serializers import PriorSegmentSerializer
from .models import Contract, Employment, HoldingPresence, ImportRun, Person, RetirementCategory, WorkRelation


class ContractSerializer(serializers.ModelSerializer[Contract]):
    class Meta:
        model = Contract
        fields = ("kind", "start_date", "end_date", "nth")


class EmploymentSerializer(serializers.ModelSerializer[Employment]):
    name = serializers.CharField(source="person.name")
    person_id = serializers.UUIDField()
    unit_id = serializers.UUIDField()
    unit = serializers.CharField(source="unit.name")
    unit_path = serializers.CharField(source="unit.path")
    line_manager = serializers.SerializerMethodField()

    class Meta:
        model = Employment
        fields = (
            *("id", "employee_number", "person_id", "name", "unit_id", "unit", "unit_path", "place_of_performance"),
            *("job_family", "job_title", "grade_code", "line_manager", "hire_date", "status", "probation_end_date"),
            "termination_date",
        )

    def get_line_manager(self, row: Employment) -> str | None:
        """The manager's employee number."""
        return row.line_manager.employee_number if row.line_manager else None


OF_READERS = ("relation", "first_work_date", "retirement_category", "prior_segments")


class EmploymentDetailSerializer(EmploymentSerializer):
    """The last four only for those who may read the facts of this file; to everybody else they are null."""

    employer = serializers.CharField(source="employer.name")
    contracts = ContractSerializer(many=True)
    relation = serializers.ChoiceField(choices=WorkRelation.choices, allow_null=True)
    first_work_date = serializers.DateField(source="person.first_work_date", allow_null=True)
    retirement_category = serializers.ChoiceField(choices=RetirementCategory.choices, allow_null=True)
    prior_segments = PriorSegmentSerializer(many=True, allow_null=True)

    class Meta(EmploymentSerializer.Meta):
        fields = (  # type: ignore[assignment]
            *EmploymentSerializer.Meta.fields,
            *("employer", "work_time_system", "leave_balance_days", "contracts", *OF_READERS),
        )

    def to_representation(self, row: Any) -> dict[str, Any]:
        said: dict[str, Any] = super().to_representation(row)
        return said if row.facts_readable else said | dict.fromkeys(OF_READERS)


class PersonEmploymentSerializer(serializers.ModelSerializer[Employment]):
    class Meta:
        model = Employment
        fields = ("id", "employee_number", "status", "hire_date", "termination_date")


class PersonSerializer(serializers.ModelSerializer[Person]):
    employments = serializers.SerializerMethodField()

    class Meta:
        model = Person
        fields = ("id", "name", "name_pinyin", "employments")

    def get_employments(self, row: Person) -> Any:
        """Only those the caller may see."""
        return PersonEmploymentSerializer(row.visible_employments, many=True).data  # type: ignore[attr-defined]  # by prefetch


class ImportSerializer(serializers.ModelSerializer[ImportRun]):
    created_by = serializers.SerializerMethodField()

    class Meta:
        model = ImportRun
        fields = (
            *("id", "state", "filename", "size", "sha256", "rows_total", "rows_done", "mapping", "report", "error"),
            *("created_by", "created_at", "changed_at"),
        )

    def get_created_by(self, row: ImportRun) -> str:
        return mask_name(str(row.created_by)) if row.created_by else ""


class ImportUploadSerializer(serializers.Serializer[Any]):
    file = serializers.FileField()
    mapping = serializers.JSONField(required=False)
    dry_run = serializers.BooleanField(default=False)

    def validate_mapping(self, value: Any) -> dict[str, str]:
        if not isinstance(value, dict):
            raise serializers.ValidationError("an object of header and field is needed")
        return {str(header): str(key or "") for header, key in value.items()}


class HoldingRowSerializer(StrictSerializer):
    employee_number = serializers.CharField(max_length=40)
    kind = serializers.CharField(max_length=40)
    ref = serializers.CharField(max_length=120)
    title = serializers.CharField(max_length=200)
    presence = serializers.ChoiceField(choices=HoldingPresence.choices, default=HoldingPresence.HAS)


class UnknownHoldingSerializer(serializers.Serializer[Any]):
    ref = serializers.CharField()
    reason = serializers.CharField()


class ObservedSerializer(IntakeSerializer):
    rejected = UnknownHoldingSerializer(many=True)


class HoldingBatchSerializer(serializers.Serializer[Any]):
    system = serializers.CharField(max_length=40)
    rows = HoldingRowSerializer(many=True, max_length=5_000)  # type: ignore[call-arg]  # goes to the list around it

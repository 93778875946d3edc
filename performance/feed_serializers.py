"""What other systems send. Unknown keys are refused: a field that is dropped in silence is a wrong figure later."""

from decimal import Decimal
from typing import Any

from rest_framework import serializers

from ehr.api import StrictSerializer
from ehr.api.intake import IntakeSerializer

MAX_ROWS = 5_000


class RejectedSerializer(serializers.Serializer[Any]):
    source_id = serializers.CharField()
    reason = serializers.CharField()


class TakenSerializer(IntakeSerializer):
    rejected = RejectedSerializer(many=True)


class PersonalSerializer(StrictSerializer):
    source_id = serializers.CharField(max_length=120)
    employee_number = serializers.CharField(max_length=40)


class SignalSerializer(PersonalSerializer):
    month = serializers.RegexField(r"^\d{4}-(0[1-9]|1[0-2])$")

    def validate_month(self, value: str) -> Any:
        return serializers.DateField().to_internal_value(f"{value}-01")


class ResultSignalSerializer(SignalSerializer):
    target_ratio = serializers.DecimalField(max_digits=6, decimal_places=4, min_value=0)
    score = serializers.DecimalField(max_digits=5, decimal_places=2, required=False, allow_null=True)


class AttendanceSignalSerializer(SignalSerializer):
    """Personal leave only. Sick, maternity, parental and care leave have no field here."""

    leave_days = serializers.DecimalField(max_digits=4, decimal_places=1, min_value=0, max_value=31, default=Decimal(0))
    overtime_hours = serializers.DecimalField(
        max_digits=5, decimal_places=1, min_value=0, max_value=744, default=Decimal(0)
    )


class ScoreSignalSerializer(PersonalSerializer):
    """`period` is '2026-11' or '2026-Q4'; `indicator` its key in the plan."""

    period = serializers.RegexField(r"^\d{4}-(0[1-9]|1[0-2]|Q[1-4])$")
    indicator = serializers.SlugField(max_length=40)
    points = serializers.DecimalField(max_digits=5, decimal_places=2, min_value=0, max_value=150)
    note = serializers.CharField(max_length=200, allow_blank=True, default="")


class MilestoneSignalSerializer(StrictSerializer):
    title = serializers.CharField(max_length=80)
    due_date = serializers.DateField(required=False, allow_null=True)
    done_date = serializers.DateField(required=False, allow_null=True)


class ProjectSignalSerializer(PersonalSerializer):
    name = serializers.CharField(max_length=120)
    counterpart = serializers.CharField(max_length=120, allow_blank=True, default="")
    note = serializers.CharField(max_length=300, allow_blank=True, default="")
    percent = serializers.IntegerField(min_value=0, max_value=100)
    due_date = serializers.DateField(allow_null=True, default=None)
    state = serializers.ChoiceField(choices=["open", "done", "stopped"], default="open")
    milestones = MilestoneSignalSerializer(many=True, default=list, max_length=40)  # type: ignore[call-arg]  # goes to the list around it


class ScoreBatchSerializer(serializers.Serializer[Any]):
    source = serializers.CharField(max_length=40)  # type: ignore[assignment]  # the metaclass takes fields out
    rows = ScoreSignalSerializer(many=True, max_length=MAX_ROWS)  # type: ignore[call-arg]  # goes to the list around it


class ProjectBatchSerializer(serializers.Serializer[Any]):
    source = serializers.CharField(max_length=40)  # type: ignore[assignment]  # the metaclass takes fields out
    rows = ProjectSignalSerializer(many=True, max_length=MAX_ROWS)  # type: ignore[call-arg]  # goes to the list around it


class ResultBatchSerializer(serializers.Serializer[Any]):
    source = serializers.CharField(max_length=40)  # type: ignore[assignment]  # the metaclass takes fields out
    rows = ResultSignalSerializer(many=True, max_length=MAX_ROWS)  # type: ignore[call-arg]  # goes to the list around it


class AttendanceBatchSerializer(serializers.Serializer[Any]):
    source = serializers.CharField(max_length=40)  # type: ignore[assignment]  # the metaclass takes fields out
    rows = AttendanceSignalSerializer(many=True, max_length=MAX_ROWS)  # type: ignore[call-arg]  # goes to the list around it

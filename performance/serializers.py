"""What other systems send. Unknown keys are refused: a field that is dropped in silence is a wrong figure later."""

from decimal import Decimal
from typing import Any

from rest_framework import serializers

MAX_ROWS = 5_000


class SignalSerializer(serializers.Serializer[Any]):
    source_id = serializers.CharField(max_length=120)
    employee_number = serializers.CharField(max_length=40)
    month = serializers.RegexField(r"^\d{4}-(0[1-9]|1[0-2])$")

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, dict) and (unknown := data.keys() - self.fields.keys()):
            raise serializers.ValidationError(dict.fromkeys(sorted(unknown), "unknown field"))
        return super().to_internal_value(data)

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


class ResultBatchSerializer(serializers.Serializer[Any]):
    source = serializers.CharField(max_length=40)  # type: ignore[assignment]  # the metaclass takes fields out
    rows = ResultSignalSerializer(many=True, max_length=MAX_ROWS)  # type: ignore[call-arg]  # goes to the list around it


class AttendanceBatchSerializer(serializers.Serializer[Any]):
    source = serializers.CharField(max_length=40)  # type: ignore[assignment]  # the metaclass takes fields out
    rows = AttendanceSignalSerializer(many=True, max_length=MAX_ROWS)  # type: ignore[call-arg]  # goes to the list around it

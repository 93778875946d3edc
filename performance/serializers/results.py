from typing import Any

from rest_framework import serializers

from ..models import Adjustment, AdjustmentKind, Outcome, Scorecard, Shortfall
from ..rules.periods import Period, period_from


class AdjustmentSerializer(serializers.ModelSerializer[Adjustment]):
    employee_number = serializers.CharField(source="employment.employee_number")
    scorecard_id = serializers.UUIDField()
    reason = serializers.CharField()
    appeal = serializers.CharField()
    answer = serializers.CharField()
    by = serializers.CharField(source="by.username", default=None)
    percent_in_force = serializers.DecimalField(max_digits=5, decimal_places=2)
    actions = serializers.ListField(child=serializers.CharField())

    class Meta:
        model = Adjustment
        fields = (
            *("id", "employee_number", "scorecard_id", "on_date", "kind", "percent", "reason", "basis", "by", "at"),
            *("appeal", "appealed_at", "outcome", "percent_in_force", "answer", "decided_at", "actions"),
        )


class ScorecardSerializer(serializers.ModelSerializer[Scorecard]):
    """`arithmetic` is the composite as it stands; `result` is null until every indicator is scored."""

    employee_number = serializers.CharField(source="employment.employee_number")
    period = serializers.CharField(source="period.code")
    plan = serializers.CharField(source="version.plan.name")
    plan_version = serializers.IntegerField(source="version.number")
    arithmetic = serializers.SerializerMethodField()
    actions = serializers.ListField(child=serializers.CharField())

    class Meta:
        model = Scorecard
        fields = (
            *("id", "employee_number", "period", "plan", "plan_version", "state", "result", "arithmetic"),
            *("closed_at", "actions"),
        )

    def get_arithmetic(self, card: Scorecard) -> dict[str, Any]:
        figures, owners = card.composite, {row.key: row.owner for row in card.version.indicators.all()}
        return {
            "lines": [
                {
                    "indicator": line.key,
                    "owner": owners[line.key],
                    "weight": str(line.weight),
                    "score": _text(line.score),
                    "points": _text(line.points),
                }
                for line in figures.lines
            ],
            "so_far": str(figures.so_far),
            "base": _text(figures.base),
            "changes": [
                {"adjustment": row.key, "percent": str(row.percent), "points": str(row.points)}
                for row in figures.changes
            ],
        }


def _text(figure: Any) -> str | None:
    return None if figure is None else str(figure)


class ScoreRowSerializer(serializers.Serializer[Any]):
    indicator = serializers.SlugField(max_length=40)
    points = serializers.DecimalField(max_digits=5, decimal_places=2, min_value=0, max_value=150)
    note = serializers.CharField(max_length=200, allow_blank=True, default="")


class ScoresSerializer(serializers.Serializer[Any]):
    scores = ScoreRowSerializer(many=True, allow_empty=False)


class PeriodSerializer(serializers.Serializer[Any]):
    period = serializers.RegexField(r"^\d{4}-(0[1-9]|1[0-2]|Q[1-4])$")

    def validate_period(self, value: str) -> Period | None:
        return period_from(value)


class NewAdjustmentSerializer(serializers.Serializer[Any]):
    employee_number = serializers.CharField(max_length=40)
    on_date = serializers.DateField()
    kind = serializers.ChoiceField(choices=AdjustmentKind.choices)
    percent = serializers.DecimalField(max_digits=5, decimal_places=2, min_value=-100, max_value=100)
    reason = serializers.CharField(max_length=2000)
    basis = serializers.CharField(max_length=200)
    origin = serializers.CharField(max_length=120, required=False)


class OpenedSerializer(serializers.Serializer[Any]):
    period = serializers.CharField()
    opened = serializers.IntegerField()


class AppealSerializer(serializers.Serializer[Any]):
    text = serializers.CharField(max_length=2000)


class AppealDecisionSerializer(serializers.Serializer[Any]):
    outcome = serializers.ChoiceField(choices=Outcome.choices)
    percent = serializers.DecimalField(
        max_digits=5, decimal_places=2, min_value=-100, max_value=100, required=False, allow_null=True, default=None
    )
    answer = serializers.CharField(max_length=2000)


class ShortfallSerializer(serializers.ModelSerializer[Shortfall]):
    employee_number = serializers.CharField(source="employment.employee_number")
    name = serializers.CharField(source="employment.person.name")

    class Meta:
        model = Shortfall
        fields = ("id", "employee_number", "name", "month", "found_at", "cleared_at")

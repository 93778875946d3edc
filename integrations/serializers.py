from typing import Any

from rest_framework import serializers

from ehr.deadlines.demo_clock import as_shown
from integrations.models import Effect


class ShownField(serializers.DateTimeField):
    """Written by the machine's clock, told by the product's."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(read_only=True, **kwargs)

    def to_representation(self, value: Any) -> str:
        return str(super().to_representation(as_shown(value)))


class EffectSerializer(serializers.ModelSerializer[Effect]):
    system = serializers.CharField(source="connection.name", read_only=True)
    system_title = serializers.CharField(source="connection.title", read_only=True)
    verified_at = ShownField()
    finished_at = ShownField()
    actions = serializers.SerializerMethodField()

    class Meta:
        model = Effect
        fields = (
            "id",
            "system",
            "system_title",
            "action",
            "purpose",
            "track",
            "state",
            "reason",
            "attempt",
            "scheduled_at",
            "verified_at",
            "finished_at",
            "actions",
        )

    def get_actions(self, effect: Effect) -> list[str]:
        return ["redrive"] if effect.can_be_redriven else []


class RedriveSerializer(serializers.Serializer[Any]):
    effect = serializers.UUIDField()

from typing import Any

from rest_framework import serializers

from integrations.models import Effect


class EffectSerializer(serializers.ModelSerializer[Effect]):
    system = serializers.CharField(source="connection.name", read_only=True)
    system_title = serializers.CharField(source="connection.title", read_only=True)
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

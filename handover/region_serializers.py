"""The shape of a region's page and of the figures about time."""

from typing import Any

from rest_framework import serializers


class WaitsSerializer(serializers.Serializer[Any]):
    kind = serializers.CharField()
    who = serializers.CharField()
    due_at = serializers.DateTimeField()
    late_days = serializers.IntegerField()


class LineSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField(source="handover.pk")
    employee_number = serializers.CharField(source="handover.employment.employee_number")
    name = serializers.CharField(source="handover.employment.person.name")
    state = serializers.CharField(source="handover.state")
    last_working_date = serializers.DateField(source="handover.last_working_date")
    done = serializers.IntegerField()
    total = serializers.IntegerField()
    late_days = serializers.IntegerField()
    waits = WaitsSerializer(many=True)


class RegionSerializer(serializers.Serializer[Any]):
    results = LineSerializer(many=True, source="lines")
    done = serializers.IntegerField()
    total = serializers.IntegerField()
    late = serializers.IntegerField()
    next = serializers.CharField(help_text="Give it as ?after= for the following page; empty on the last one.")


class RemindingSerializer(serializers.Serializer[None]):
    unit = serializers.UUIDField(required=False, allow_null=True, default=None)
    handovers = serializers.ListField(child=serializers.UUIDField(), max_length=500, required=False, default=list)


class RemindedSerializer(serializers.Serializer[Any]):
    people = serializers.IntegerField()
    spared = serializers.IntegerField(help_text="Had been reminded today already.")


class RowSerializer(serializers.Serializer[Any]):
    label = serializers.CharField()  # type: ignore[assignment]
    n = serializers.IntegerField()
    days = serializers.FloatField()


class MissedSerializer(serializers.Serializer[Any]):
    label = serializers.CharField()  # type: ignore[assignment]
    items = serializers.IntegerField()
    missed = serializers.IntegerField()
    rate = serializers.FloatField()


class SuggestionSerializer(serializers.Serializer[Any]):
    family = serializers.CharField(source="key")
    item = serializers.CharField(source="title")
    n = serializers.IntegerField()
    mean = serializers.FloatField()
    others_n = serializers.IntegerField()
    others_mean = serializers.FloatField()
    excess = serializers.FloatField()
    sigma = serializers.FloatField()
    last = serializers.IntegerField()
    lead_days = serializers.IntegerField()


class TempoSerializer(serializers.Serializer[Any]):
    since = serializers.DateTimeField()
    handovers = serializers.IntegerField()
    mean_days = serializers.FloatField()
    families = RowSerializer(many=True)
    units = RowSerializer(many=True)
    kinds = RowSerializer(many=True)
    waits = RowSerializer(many=True)
    steps = RowSerializer(many=True)
    missed = MissedSerializer(many=True)
    suggestions = SuggestionSerializer(many=True)

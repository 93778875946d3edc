"""What a feed is answered with."""

from typing import Any

from rest_framework import serializers


class IntakeSerializer(serializers.Serializer[Any]):
    """How many rows were new, changed or the same. Add `rejected`: the others, each with its reason."""

    created = serializers.IntegerField()
    updated = serializers.IntegerField()
    unchanged = serializers.IntegerField()

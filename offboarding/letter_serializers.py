"""Shapes of a letter of resignation that came on paper: recording it, objecting to it, striking it off."""

from typing import Any

from rest_framework import serializers

from .models import CaseKind
from .serializers import ItemsField


class LetterSerializer(serializers.Serializer[Any]):
    employee_number = serializers.CharField(max_length=40)
    kind = serializers.ChoiceField(choices=CaseKind.choices, help_text="resignation or forced_resignation.")
    received_on = serializers.DateField(help_text="The day it reached the company; the notice runs from then.")
    requested_last_working_date = serializers.DateField(required=False, allow_null=True, default=None)
    reason = serializers.CharField(max_length=2000, required=False, default="", allow_blank=True)
    items = ItemsField(help_text="Of LCL 38, as the letter names them.")
    file = serializers.FileField(help_text="The scan.")


class StrikeSerializer(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=2000, help_text="Why it was recorded in error; kept encrypted.")


class ObjectionSerializer(serializers.Serializer[Any]):
    text = serializers.CharField(max_length=2000)

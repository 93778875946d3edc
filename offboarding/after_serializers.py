"""Shapes of what is still owed after an exit."""

from typing import Any

from rest_framework import serializers

from employees.keeping import CONTACTS

from .models import Obligation, ObligationFile


class ObligationFileSerializer(serializers.ModelSerializer[ObligationFile]):
    uploaded_by = serializers.CharField(source="uploaded_by.username", read_only=True)

    class Meta:
        model = ObligationFile
        fields = ["id", "name", "media_type", "size", "sha256", "uploaded_by", "uploaded_at"]


class ObligationSerializer(serializers.ModelSerializer[Obligation]):
    case = serializers.UUIDField(source="case_id", read_only=True)
    number = serializers.CharField(source="case.number", read_only=True)
    name = serializers.CharField(source="case.employment.person.name", read_only=True)
    employer = serializers.CharField(source="case.employment.employer.code", read_only=True)
    track = serializers.CharField(source="track.kind", default=None, read_only=True)
    done_by = serializers.CharField(source="done_by.username", default=None, read_only=True)

    class Meta:
        model = Obligation
        fields = [
            *("id", "case", "number", "name", "employer", "kind", "nth", "article", "due_date", "role", "track"),
            *("outcome", "done_at", "done_by", "note"),
        ]


class FinishSerializer(serializers.Serializer[Any]):
    note = serializers.CharField(max_length=500, required=False, default="", allow_blank=True)
    forget = serializers.ListField(
        child=serializers.ChoiceField(choices=list(CONTACTS)),
        required=False,
        default=list,
        help_text="Of a review of the contact data: what is deleted from the file with it.",
    )

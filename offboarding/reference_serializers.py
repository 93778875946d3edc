"""Shapes of dated figures in the API: the columns of the files, and who answers for each."""

from typing import Any

from rest_framework import serializers

from .models import ReferenceChange, ReferenceFile, ReferenceRow, ReferenceRun, ReferenceTable
from .rules.reference_rows import COLUMNS


class ReferenceRowSerializer(serializers.ModelSerializer[ReferenceRow]):
    entered_by = serializers.CharField(source="entered_by.username", default=None, read_only=True)
    asked_by = serializers.CharField(source="asked_by.username", default=None, read_only=True)
    confirmed_by = serializers.CharField(source="confirmed_by.username", default=None, read_only=True)
    replaces = serializers.CharField(source="replaces.key", default=None, read_only=True)
    values = serializers.JSONField(read_only=True)

    class Meta:
        model = ReferenceRow
        fields = [
            "id",
            "key",
            "table",
            "city",
            "adcode",
            "effective_from",
            "values",
            "source",
            "source_url",
            "source_date",
            "note",
            "status",
            "is_waiting",
            "returned",
            "replaces",
            "entered_by",
            "entered_at",
            "asked_by",
            "asked_at",
            "confirmed_by",
            "confirmed_at",
        ]
        read_only_fields = fields


class EnterRowSerializer(serializers.Serializer[Any]):
    """`values` has the columns of the table as text; `rows` of a whole set is one line per step."""

    table = serializers.ChoiceField(choices=ReferenceTable.values)
    city = serializers.CharField(max_length=40, required=False, default="", allow_blank=True)
    adcode = serializers.RegexField(r"^\d{6}$", required=False, default="", allow_blank=True)
    effective_from = serializers.DateField()
    values = serializers.DictField(child=serializers.CharField(max_length=4000, allow_blank=True, allow_null=True))
    source = serializers.CharField(max_length=500)
    source_url = serializers.URLField(max_length=500, required=False, default="", allow_blank=True)
    source_date = serializers.DateField(required=False, default=None, allow_null=True)
    note = serializers.CharField(max_length=300, required=False, default="", allow_blank=True)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        values = {name: text for name, text in attrs.pop("values").items() if name in COLUMNS[attrs["table"]]}
        return attrs | values


class RowReviewSerializer(serializers.Serializer[Any]):
    decision = serializers.ChoiceField(choices=["confirm", "return"])
    reason = serializers.CharField(max_length=500, required=False, default="", allow_blank=True)


class RowReportSerializer(serializers.Serializer[Any]):
    row = serializers.IntegerField()
    outcome = serializers.ChoiceField(choices=["entered", "same", "refused"])
    key = serializers.CharField()
    column = serializers.CharField(source="field")
    reason = serializers.CharField()


class SourceSerializer(serializers.ModelSerializer[ReferenceFile]):
    uploaded_by = serializers.CharField(source="uploaded_by.username", read_only=True)

    class Meta:
        model = ReferenceFile
        fields = ["id", "name", "media_type", "size", "sha256", "uploaded_by", "uploaded_at"]


class ReferenceRunSerializer(serializers.ModelSerializer[ReferenceRun]):
    created_by = serializers.CharField(source="created_by.username", default=None, read_only=True)

    class Meta:
        model = ReferenceRun
        fields = [
            "id",
            "state",
            "keys",
            "year",
            "cases_total",
            "cases_done",
            "created_by",
            "created_at",
            "finished_at",
        ]
        read_only_fields = fields


class ReferenceChangeSerializer(serializers.ModelSerializer[ReferenceChange]):
    """Without the permission to see that person's pay the amounts are null."""

    number = serializers.CharField(source="case.number", read_only=True)
    amounts = serializers.SerializerMethodField()

    class Meta:
        model = ReferenceChange
        fields = ["case", "number", "outcome", "settlement", "amounts"]

    def get_amounts(self, row: Any) -> dict[str, Any] | None:
        return row.amounts if row.sees_pay else None

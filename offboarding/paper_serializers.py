from typing import Any

from rest_framework import serializers

from ehr.documents.serializers import DocumentSerializer


class PaperFieldSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    label = serializers.CharField()
    type = serializers.CharField()
    source = serializers.CharField()
    optional = serializers.BooleanField()
    sensitive = serializers.BooleanField()


class VariantSerializer(serializers.Serializer[Any]):
    code = serializers.CharField()
    label = serializers.CharField()
    missing = PaperFieldSerializer(many=True)
    asked = PaperFieldSerializer(many=True)


class PaperRowSerializer(serializers.Serializer[Any]):
    kind = serializers.CharField(source="row.kind.code")
    title = serializers.CharField(source="row.kind.title")
    may_issue = serializers.BooleanField(source="row.may_issue")
    document = DocumentSerializer(source="row.document", allow_null=True)
    variants = VariantSerializer(many=True)


class ReissueSerializer(serializers.Serializer[None]):
    fields = serializers.DictField(
        source="fields_given", child=serializers.CharField(max_length=4000, allow_blank=True), default=dict
    )
    bilingual = serializers.BooleanField(default=False)


class PaperSerializer(ReissueSerializer):
    kind = serializers.CharField(max_length=40)
    variant = serializers.CharField(max_length=20, default="", allow_blank=True)

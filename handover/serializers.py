from typing import Any

from rest_framework import serializers

from handover import words
from handover.models import (
    DeductionRule,
    Handover,
    HandoverItem,
    ItemFile,
    Message,
    MessageFile,
    Omission,
    Transfer,
    TransferLine,
)
from handover.models.choices import Kind
from handover.queries import HeadDeduction


class ItemFileSerializer(serializers.ModelSerializer[ItemFile]):
    class Meta:
        model = ItemFile
        fields = ["id", "name", "media_type", "size", "sha256", "uploaded_at"]


NOTHING_YET: dict[str, Any] = {"fields": {}, "text": "", "is_nothing": False, "files": []}


class ItemSerializer(serializers.ModelSerializer[HandoverItem]):
    files = ItemFileSerializer(many=True, read_only=True)
    actions = serializers.ListField(child=serializers.CharField(), read_only=True)

    class Meta:
        model = HandoverItem
        fields = [
            "id", "group", "kind", "title", "hint", "source", "why", "confirmer", "evidence_required", "witness_required",
            "due_date", "claimed_percent", "recorded_percent", "recorded_in", "explanation", "witnessed_at",
            "state", "round", "fields", "text", "is_nothing", "submitted_at", "confirmed_at", "files", "actions",
        ]  # fmt: skip

    def to_representation(self, instance: HandoverItem) -> dict[str, Any]:
        shown = super().to_representation(instance)
        return shown | NOTHING_YET if instance.is_draft_to(self.context["reader"]) else shown


class HandoverSerializer(serializers.ModelSerializer[Handover]):
    employee_number = serializers.CharField(source="employment.employee_number", read_only=True)
    successor = serializers.CharField(source="successor.username", default=None, read_only=True)
    head = serializers.CharField(source="head.username", default=None, read_only=True)
    actions = serializers.ListField(child=serializers.CharField(), read_only=True)
    progress = serializers.SerializerMethodField()

    class Meta:
        model = Handover
        fields = [
            "id", "origin", "employee_number", "successor", "head", "state", "last_working_date", "due_at",
            "completed_at", "signed_at", "letter", "progress", "actions",
        ]  # fmt: skip

    def get_progress(self, handover: Handover) -> dict[str, int]:
        names = ("total", "confirmed", "submitted", "returned", "pending")
        return {name: getattr(handover, name) for name in names}


class NewItemSerializer(serializers.Serializer[None]):
    title = serializers.CharField(max_length=200)
    kind = serializers.ChoiceField(choices=Kind.choices)


class ItemSubmissionSerializer(serializers.Serializer[None]):
    fields = serializers.DictField(  # type: ignore[assignment]
        child=serializers.CharField(allow_blank=True), required=False, default=dict
    )
    text = serializers.CharField(allow_blank=True, required=False, default="")
    is_nothing = serializers.BooleanField(required=False, default=False)


class ItemDecisionSerializer(serializers.Serializer[None]):
    decision = serializers.ChoiceField(choices=["confirm", "return"])
    comment = serializers.CharField(allow_blank=True, required=False, default="")


class SignOffSerializer(serializers.Serializer[None]):
    decision = serializers.ChoiceField(choices=["sign", "return"])
    comment = serializers.CharField(allow_blank=True, required=False, default="")
    bilingual = serializers.BooleanField(required=False, default=False, help_text="The letter in Chinese and English.")


class BulkSerializer(serializers.Serializer[None]):
    items = serializers.ListField(child=serializers.UUIDField(), max_length=500)


class ConfirmedSerializer(serializers.Serializer[None]):
    confirmed = serializers.IntegerField()


class ExplanationSerializer(serializers.Serializer[None]):
    explanation = serializers.CharField(max_length=4000)


class NamedSerializer(serializers.Serializer[None]):
    username = serializers.CharField(max_length=150)


class MessageFileSerializer(serializers.ModelSerializer[MessageFile]):
    class Meta:
        model = MessageFile
        fields = ["id", "name", "media_type", "size", "sha256"]


class MessageSerializer(serializers.ModelSerializer[Message]):
    author = serializers.CharField(source="author.username", read_only=True)
    files = MessageFileSerializer(many=True, read_only=True)

    class Meta:
        model = Message
        fields = ["id", "item", "kind", "author", "text", "at", "files"]


class NewMessageSerializer(serializers.Serializer[None]):
    text = serializers.CharField(allow_blank=True, required=False, default="", max_length=4000)
    item = serializers.UUIDField(required=False, allow_null=True, default=None)


class OmissionSerializer(serializers.ModelSerializer[Omission]):
    filed_by = serializers.CharField(source="filed_by.username", read_only=True)

    class Meta:
        model = Omission
        fields = ["id", "item", "kind", "title", "text", "findings", "filed_by", "filed_at"]


class NewOmissionSerializer(serializers.Serializer[None]):
    title = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")
    kind = serializers.ChoiceField(choices=Kind.choices, default=Kind.WORK_ITEM)
    text = serializers.CharField(allow_blank=True, required=False, default="", max_length=2000)
    item = serializers.UUIDField(required=False, allow_null=True, default=None)


class DeductionRuleSerializer(serializers.ModelSerializer[DeductionRule]):
    class Meta:
        model = DeductionRule
        fields = ["id", "basis", "announced_date", "per_point", "most", "set_at"]
        read_only_fields = ["id", "set_at"]


class NewDeductionSerializer(serializers.Serializer[None]):
    scorecard = serializers.UUIDField()


class HeadDeductionSerializer(serializers.Serializer[HeadDeduction]):
    """`percent` is what would be or was taken; null while no rule is recorded."""

    scorecard = serializers.UUIDField(source="card.pk")
    employee_number = serializers.CharField(source="card.employment.employee_number")
    period = serializers.CharField(source="card.period.code")
    due = serializers.IntegerField(source="figures.due")
    confirmed = serializers.IntegerField(source="figures.confirmed")
    checked = serializers.IntegerField(source="figures.checked")
    missed = serializers.IntegerField(source="figures.missed")
    completion = serializers.DecimalField(source="figures.completion", max_digits=5, decimal_places=2)
    omission = serializers.DecimalField(source="figures.omission", max_digits=5, decimal_places=2)
    percent = serializers.DecimalField(source="counted.percent", max_digits=4, decimal_places=2, default=None)
    arithmetic = serializers.SerializerMethodField()
    adjustment = serializers.UUIDField(source="recorded.adjustment_id", default=None)
    percent_in_force = serializers.DecimalField(
        source="recorded.adjustment.percent_in_force", max_digits=5, decimal_places=2, default=None
    )

    def get_arithmetic(self, row: HeadDeduction) -> list[str]:
        return words.of_deduction(row.counted) if row.counted else []


class TransferLineSerializer(serializers.ModelSerializer[TransferLine]):
    to = serializers.CharField(source="to.username", default=None)
    actions = serializers.ListField(child=serializers.CharField())

    class Meta:
        model = TransferLine
        fields = ["id", "mover", "ref", "title", "to", "via", "state", "answer", "tried_at", "tries", "actions"]


class TransferSerializer(serializers.ModelSerializer[Transfer]):
    lines = TransferLineSerializer(many=True, read_only=True)
    actions = serializers.ListField(child=serializers.CharField(), read_only=True)

    class Meta:
        model = Transfer
        fields = ["id", "state", "runs_at", "proposed_at", "confirmed_at", "ran_at", "actions", "lines"]
        read_only_fields = fields


class TakerSerializer(serializers.Serializer[None]):
    to = serializers.CharField(max_length=150)

"""The shape of the successor's page."""

from typing import Any

from rest_framework import serializers

from handover.models import Handover, HandoverItem, Message, Shadowing


class QuestionAnswerSerializer(serializers.Serializer[None]):
    text = serializers.CharField(max_length=4000)


class NewShadowingSerializer(serializers.Serializer[None]):
    topic = serializers.CharField(max_length=120)
    on_date = serializers.DateField()
    guide = serializers.CharField(
        max_length=150, required=False, allow_blank=True, default="", help_text="Empty: the person who leaves."
    )


class ShadowingSerializer(serializers.ModelSerializer[Shadowing]):
    guide = serializers.CharField(source="guide.username", read_only=True)
    done_by = serializers.CharField(source="done_by.username", default=None, read_only=True)
    actions = serializers.ListField(child=serializers.CharField(), read_only=True)

    class Meta:
        model = Shadowing
        fields = ["id", "topic", "on_date", "guide", "planned_at", "done_by", "done_at", "called_off_at", "actions"]


class HandoverNoteSerializer(serializers.ModelSerializer[Handover]):
    class Meta:
        model = Handover
        fields = ["id", "taken_note_at"]


class SaidSerializer(serializers.ModelSerializer[Message]):
    author = serializers.CharField(source="author.username", read_only=True)

    class Meta:
        model = Message
        fields = ["id", "item", "author", "text", "at"]


class QuestionSerializer(serializers.Serializer[Any]):
    question = SaidSerializer()
    answers = SaidSerializer(many=True)


class TakenItemSerializer(serializers.ModelSerializer[HandoverItem]):
    class Meta:
        model = HandoverItem
        fields = ["id", "group", "kind", "title", "state", "due_date", "fields", "text", "is_nothing"]


class MilestoneSerializer(serializers.Serializer[Any]):
    title = serializers.CharField()
    due_date = serializers.DateField(allow_null=True)
    done_date = serializers.DateField(allow_null=True)


class PredecessorProjectSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    counterpart = serializers.CharField()
    note = serializers.CharField()
    percent = serializers.IntegerField()
    due_date = serializers.DateField(allow_null=True)
    milestones = serializers.SerializerMethodField()

    def get_milestones(self, project: Any) -> list[dict[str, Any]]:
        return [{**MilestoneSerializer(step).data, "mark": str(mark)} for step, mark in project.steps]


class PredecessorKeyResultSerializer(serializers.Serializer[Any]):
    title = serializers.CharField()
    measure = serializers.CharField()
    target = serializers.DecimalField(max_digits=14, decimal_places=2)
    current = serializers.DecimalField(max_digits=14, decimal_places=2)
    percent = serializers.IntegerField()


class PredecessorObjectiveSerializer(serializers.Serializer[Any]):
    title = serializers.CharField()
    period = serializers.CharField()
    percent = serializers.IntegerField()
    key_results = PredecessorKeyResultSerializer(many=True)


class PredecessorTaskSerializer(serializers.Serializer[Any]):
    title = serializers.CharField()
    due_date = serializers.DateField(allow_null=True)


class MonthSerializer(serializers.Serializer[Any]):
    month = serializers.DateField()
    target_ratio = serializers.DecimalField(max_digits=6, decimal_places=4)


class PredecessorPeriodSerializer(serializers.Serializer[Any]):
    period = serializers.CharField()
    result = serializers.DecimalField(max_digits=6, decimal_places=2)


class PredecessorReviewSerializer(serializers.Serializer[Any]):
    """Of a review whoever takes over reads what is about the work; the rest has no field here."""

    title = serializers.CharField()
    on_date = serializers.DateField()
    side = serializers.CharField()
    author = serializers.CharField()
    about_work = serializers.CharField()


class TakeoverSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField(source="handover.pk")
    last_working_date = serializers.DateField(source="handover.last_working_date")
    taken_note_at = serializers.DateTimeField(source="handover.taken_note_at", allow_null=True)
    asked_until = serializers.DateField()
    unread = serializers.IntegerField()
    items = TakenItemSerializer(many=True)
    projects = PredecessorProjectSerializer(many=True, source="work.projects")
    objectives = PredecessorObjectiveSerializer(many=True, source="work.objectives")
    tasks = PredecessorTaskSerializer(many=True, source="work.tasks")
    months = MonthSerializer(many=True, source="work.months")
    periods = PredecessorPeriodSerializer(many=True, source="work.periods")
    reviews = PredecessorReviewSerializer(many=True)
    questions = QuestionSerializer(many=True, source="asked")
    shadowings = serializers.SerializerMethodField()

    def get_shadowings(self, page: Any) -> list[dict[str, Any]]:
        return [dict(ShadowingSerializer(one.row).data) for one in page.sessions]

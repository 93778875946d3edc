from typing import Any

from rest_framework import serializers

from ..models import KeyResult, Milestone, Objective, Project, Task
from ..rules.periods import Period, period_from

PERIOD = r"^\d{4}-(0[1-9]|1[0-2]|Q[1-4])$"


class KeyResultSerializer(serializers.ModelSerializer[KeyResult]):
    percent = serializers.IntegerField()

    class Meta:
        model = KeyResult
        fields = ("id", "title", "measure", "start", "target", "current", "confidence", "percent")


class ObjectiveSerializer(serializers.ModelSerializer[Objective]):
    employee_number = serializers.CharField(source="employment.employee_number")
    period = serializers.CharField(source="period.code")
    percent = serializers.IntegerField()
    key_results = KeyResultSerializer(many=True)
    actions = serializers.ListField(child=serializers.CharField())

    class Meta:
        model = Objective
        fields = ("id", "employee_number", "title", "period", "state", "percent", "key_results", "actions")


class NewKeyResultSerializer(serializers.ModelSerializer[KeyResult]):
    start = serializers.DecimalField(max_digits=14, decimal_places=2, default=0)

    class Meta:
        model = KeyResult
        fields = ("title", "measure", "start", "target")


class NewObjectiveSerializer(serializers.Serializer[Any]):
    employee_number = serializers.CharField(max_length=40)
    title = serializers.CharField(max_length=120)
    period = serializers.RegexField(PERIOD)
    key_results = NewKeyResultSerializer(many=True, allow_empty=False, max_length=10)  # type: ignore[call-arg]  # goes to the list around it

    def validate_period(self, value: str) -> Period | None:
        return period_from(value)


class CheckInSerializer(serializers.Serializer[Any]):
    key_result = serializers.UUIDField()
    value = serializers.DecimalField(max_digits=14, decimal_places=2)
    confidence = serializers.IntegerField(min_value=1, max_value=10)
    note = serializers.CharField(max_length=300, allow_blank=True, default="")


class MilestoneSerializer(serializers.ModelSerializer[Milestone]):
    class Meta:
        model = Milestone
        fields = ("title", "due_date", "done_date")


class ProjectSerializer(serializers.ModelSerializer[Project]):
    employee_number = serializers.CharField(source="employment.employee_number")
    milestones = MilestoneSerializer(many=True)
    actions = serializers.ListField(child=serializers.CharField())

    class Meta:
        model = Project
        fields = (
            *("id", "employee_number", "name", "counterpart", "note", "percent", "due_date", "state", "source"),
            *("source_id", "milestones", "actions"),
        )


class NewProjectSerializer(serializers.Serializer[Any]):
    employee_number = serializers.CharField(max_length=40)
    name = serializers.CharField(max_length=120)
    counterpart = serializers.CharField(max_length=120, allow_blank=True, default="")
    note = serializers.CharField(max_length=300, allow_blank=True, default="")
    due_date = serializers.DateField(required=False, allow_null=True, default=None)
    milestones = MilestoneSerializer(many=True, default=list, max_length=40)  # type: ignore[call-arg]  # goes to the list around it


class ProgressSerializer(serializers.Serializer[Any]):
    percent = serializers.IntegerField(min_value=0, max_value=100)
    note = serializers.CharField(max_length=300, allow_blank=True, default="")


class TaskSerializer(serializers.ModelSerializer[Task]):
    employee_number = serializers.CharField(source="employment.employee_number")
    project_id = serializers.UUIDField()
    actions = serializers.ListField(child=serializers.CharField())

    class Meta:
        model = Task
        fields = (
            "id",
            "employee_number",
            "project_id",
            "title",
            "due_date",
            "state",
            "opened_at",
            "done_at",
            "actions",
        )


class NewTaskSerializer(serializers.Serializer[Any]):
    employee_number = serializers.CharField(max_length=40)
    title = serializers.CharField(max_length=160)
    due_date = serializers.DateField(required=False, allow_null=True, default=None)
    project = serializers.UUIDField(required=False, allow_null=True, default=None)

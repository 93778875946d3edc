from typing import Any

import django_filters
from django.db.models import QuerySet
from rest_framework import serializers

from ehr import clock
from ehr.api import EVERYBODY, ListView
from ehr.deadlines.models import Deadline


class DeadlineSerializer(serializers.ModelSerializer[Deadline]):
    title = serializers.CharField(read_only=True)
    why = serializers.CharField(read_only=True)
    is_late = serializers.SerializerMethodField()

    class Meta:
        model = Deadline
        fields = [
            "id",
            "kind",
            "title",
            "why",
            "subject",
            "url",
            "owner",
            "role",
            "unit",
            "due_at",
            "opened_at",
            "is_late",
        ]

    def get_is_late(self, deadline: Deadline) -> bool:
        return deadline.is_late(clock.now())


class DeadlineFilter(django_filters.FilterSet):
    due_before = django_filters.IsoDateTimeFilter(field_name="due_at", lookup_expr="lt")

    class Meta:
        model = Deadline
        fields = ["kind"]


class Inbox(ListView):
    """What waits for me, oldest first."""

    permission = EVERYBODY
    serializer_class = DeadlineSerializer
    filterset_class = DeadlineFilter
    ordering = ("due_at", "id")

    def rows(self, user: Any) -> QuerySet[Deadline]:
        return Deadline.objects.waiting_for(user)

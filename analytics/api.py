from typing import Any

from django.db.models import QuerySet

from analytics.models import Alert
from analytics.permissions import Permission
from analytics.serializers import AlertSerializer
from ehr.api import ListView


class Alerts(ListView):
    """Alerts of the units one is HR for, newest first."""

    permission = Permission.VIEW_RISK
    serializer_class = AlertSerializer

    def rows(self, user: Any) -> "QuerySet[Any]":
        return Alert.objects.visible_to(user).select_related("employment")

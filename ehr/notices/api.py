from typing import Any

import django_filters
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from ehr import clock
from ehr.api import EVERYBODY, ApiView, ListView
from ehr.notices.models import Notice


class NoticeSerializer(serializers.ModelSerializer[Notice]):
    title = serializers.CharField(read_only=True)
    body = serializers.CharField(read_only=True)

    class Meta:
        model = Notice
        fields = ["id", "kind", "title", "body", "url", "subject", "urgent", "created_at", "read_at"]


class NoticeFilter(django_filters.FilterSet):
    unread = django_filters.BooleanFilter(field_name="read_at", lookup_expr="isnull")

    class Meta:
        model = Notice
        fields = ["kind", "urgent"]


class NoticeList(ListView):
    permission = EVERYBODY
    serializer_class = NoticeSerializer
    filterset_class = NoticeFilter

    def rows(self, user: Any) -> QuerySet[Notice]:
        return Notice.objects.of(user)


class NoticeReading(ApiView):
    """POST: this notice is read."""

    permission = EVERYBODY

    @extend_schema(request=None, responses=NoticeSerializer)
    def post(self, request: Request, pk: Any) -> Response:
        notice = self.load(Notice.objects.of(request.user), pk=pk)
        Notice.objects.filter(pk=notice.pk).mark_read(at=clock.now())
        notice.refresh_from_db()
        return Response(NoticeSerializer(notice).data)

from typing import Any
from uuid import UUID

import django_filters
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from ehr import clock
from ehr.api import DetailView, ListView, checked
from ehr.units.models import MOST_WORDS, LegalEntity, OrgUnit
from ehr.units.permissions import Permission


class OrgUnitSerializer(serializers.ModelSerializer[OrgUnit]):
    parent: Any = serializers.SlugRelatedField(slug_field="code", read_only=True)
    head: Any = serializers.SlugRelatedField(slug_field="username", read_only=True)

    class Meta:
        model = OrgUnit
        fields = ["id", "code", "name", "kind", "parent", "path", "head", "time_zone", "place"]


class LegalEntitySerializer(serializers.ModelSerializer[LegalEntity]):
    reason: Any = serializers.CharField(write_only=True, required=False, default="", max_length=MOST_WORDS)

    class Meta:
        model = LegalEntity
        fields = ["id", "code", "name", "uscc", "has_union", "reason"]
        read_only_fields = ["id", "code", "name", "uscc"]


class OrgUnitFilter(django_filters.FilterSet):
    under = django_filters.CharFilter(field_name="path", lookup_expr="startswith")

    class Meta:
        model = OrgUnit
        fields = ["kind", "code"]


class OrgUnitRows:
    permission = Permission.VIEW_UNIT
    serializer_class = OrgUnitSerializer

    def rows(self, user: Any) -> QuerySet[OrgUnit]:
        return OrgUnit.objects.visible_to(user).select_related("parent", "head")


class OrgUnitList(OrgUnitRows, ListView):
    filterset_class = OrgUnitFilter
    ordering = "path"


class OrgUnitDetail(OrgUnitRows, DetailView):
    pass


class LegalEntityRows:
    permission = Permission.MANAGE_EMPLOYERS
    serializer_class = LegalEntitySerializer

    def rows(self, user: Any) -> QuerySet[LegalEntity]:
        return LegalEntity.objects.visible_to(user)


class LegalEntityList(LegalEntityRows, ListView):
    ordering = "code"


class LegalEntityDetail(LegalEntityRows, DetailView):
    """PATCH says whether this employer has a union, with the reason why that changes."""

    @extend_schema(request=LegalEntitySerializer, responses=LegalEntitySerializer)
    def patch(self, request: Request, pk: UUID) -> Response:
        entity: LegalEntity = self.load(self.rows(request.user), pk=pk)
        asked = checked(LegalEntitySerializer, request, entity, partial=True)
        said = {"has_union": entity.has_union, "reason": ""} | asked
        entity.say_union(**said, by=request.user, at=clock.now())
        return Response(LegalEntitySerializer(entity).data)

from typing import Any

import django_filters
from django.db.models import QuerySet
from rest_framework import serializers

from ehr.api import DetailView, ListView
from ehr.units.models import OrgUnit
from ehr.units.permissions import Permission


class OrgUnitSerializer(serializers.ModelSerializer[OrgUnit]):
    parent: Any = serializers.SlugRelatedField(slug_field="code", read_only=True)
    head: Any = serializers.SlugRelatedField(slug_field="username", read_only=True)

    class Meta:
        model = OrgUnit
        fields = ["id", "code", "name", "kind", "parent", "path", "head", "time_zone", "place"]


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

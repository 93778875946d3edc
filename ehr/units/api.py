from typing import Any
from uuid import UUID

import django_filters
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from ehr import clock
from ehr.api import DetailView, ListView, StrictSerializer, checked
from ehr.identity.models import User
from ehr.units.changing import change_unit, unit_version
from ehr.units.models import LegalEntity, OrgUnit
from ehr.units.permissions import Permission


class OrgUnitSerializer(serializers.ModelSerializer[OrgUnit]):
    parent: Any = serializers.SlugRelatedField(slug_field="code", read_only=True)
    head: Any = serializers.SlugRelatedField(slug_field="username", read_only=True)
    employer = serializers.CharField(source="employer_code", allow_null=True, read_only=True)
    employer_inherited = serializers.SerializerMethodField()
    version = serializers.SerializerMethodField()

    class Meta:
        model = OrgUnit
        fields = [
            *("id", "code", "name", "kind", "parent", "path", "head", "time_zone", "place"),
            *("employer", "employer_inherited", "version"),
        ]

    def get_employer_inherited(self, row: OrgUnit) -> bool:
        return bool(row.legal_entity_id is None and getattr(row, "employer_code", None))

    def get_version(self, row: OrgUnit) -> str:
        return unit_version(row)


class UnitChangeSerializer(StrictSerializer):
    """Only what is sent is changed. `employer` null: as above."""

    version = serializers.CharField(max_length=100)
    name = serializers.CharField(max_length=120, required=False)
    place = serializers.CharField(max_length=40, required=False, allow_blank=True)
    head: Any = serializers.SlugRelatedField(
        slug_field="username", queryset=User.objects.with_full_access(), required=False, allow_null=True
    )
    parent: Any = serializers.SlugRelatedField(slug_field="code", queryset=OrgUnit.objects.all(), required=False)
    employer: Any = serializers.SlugRelatedField(
        slug_field="code", queryset=LegalEntity.objects.all(), required=False, allow_null=True
    )


class OrgUnitFilter(django_filters.FilterSet):
    under = django_filters.CharFilter(field_name="path", lookup_expr="startswith")

    class Meta:
        model = OrgUnit
        fields = ["kind", "code"]


class OrgUnitRows:
    permission = Permission.VIEW_UNIT
    serializer_class = OrgUnitSerializer

    def rows(self, user: Any) -> QuerySet[OrgUnit]:
        return OrgUnit.objects.visible_to(user).with_employer().select_related("parent", "head", "legal_entity")


class OrgUnitList(OrgUnitRows, ListView):
    filterset_class = OrgUnitFilter
    ordering = "path"


class OrgUnitDetail(OrgUnitRows, DetailView):
    """PATCH names the `version` that was read; a newer one answers 409. Who may not manage units sends `employer` alone."""

    permissions = {"GET": Permission.VIEW_UNIT, "PATCH": Permission.MANAGE_EMPLOYERS}

    @extend_schema(request=UnitChangeSerializer, responses=OrgUnitSerializer)
    def patch(self, request: Request, pk: UUID) -> Response:
        unit: OrgUnit = self.load(self.rows(request.user), pk=pk)
        said = checked(UnitChangeSerializer, request)
        change_unit(unit=unit, by=request.user, at=clock.now(), **said)
        return Response(OrgUnitSerializer(self.load(self.rows(request.user), pk=pk)).data)

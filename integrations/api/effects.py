from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from ehr import access, clock
from ehr.api import ApiView, ListView, checked
from integrations.models import Effect
from integrations.operations import redriving
from integrations.permissions import Permission
from integrations.serializers import EffectSerializer, RedriveSerializer
from offboarding.models import Case


class CaseEffects(ListView):
    """What happens in other systems for one exit. POST {"effect": id} tries one failed step again."""

    permissions = {"GET": Permission.VIEW_EFFECT, "POST": Permission.REDRIVE_EFFECT}  # noqa: RUF012 - read only
    serializer_class = EffectSerializer
    ordering = "id"

    def rows(self, user: Any) -> QuerySet[Any]:
        case = get_object_or_404(Case.objects.visible_to(user), pk=self.kwargs["pk"])
        return Effect.objects.visible_to(user).filter(case=case).select_related("connection")

    @extend_schema(request=RedriveSerializer, responses=EffectSerializer)
    def post(self, request: Request, pk: UUID) -> Response:
        rows = self.rows(request.user)
        given = checked(RedriveSerializer, request)
        return _redrive(request, get_object_or_404(rows, pk=given["effect"]))


class Redrives(ApiView):
    permission = Permission.REDRIVE_EFFECT

    @extend_schema(request=None, responses=EffectSerializer)
    def post(self, request: Request, pk: UUID) -> Response:
        return _redrive(request, self.load(Effect.objects.visible_to(request.user), pk=pk))


def _redrive(request: Request, effect: Effect) -> Response:
    access.check(request.user, Permission.REDRIVE_EFFECT, effect)
    row = redriving.redrive(effect, by=request.user, at=clock.now())
    return Response(EffectSerializer(Effect.objects.select_related("connection").get(pk=row.pk)).data)

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from ehr import clock
from ehr.api import ListView, checked

from .. import operations as ops
from ..models import Delegation
from ..permissions import Permission
from ..serializers import DelegationSerializer


class Delegations(ListView):
    """Who signs for the caller while they are away; the record says on whose behalf."""

    permission = Permission.DELEGATE
    serializer_class = DelegationSerializer

    def rows(self, user: Any) -> Any:
        return Delegation.objects.filter(owner=user).select_related("delegate")

    @extend_schema(request=DelegationSerializer, responses={201: DelegationSerializer})
    def post(self, request: Request) -> Response:
        asked = checked(DelegationSerializer, request)
        row = ops.delegate_while_away(owner=request.user, by=request.user, at=clock.now(), **asked)
        return Response(DelegationSerializer(row).data, status.HTTP_201_CREATED)

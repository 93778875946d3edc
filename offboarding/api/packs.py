"""Evidence packs over the API: ask, look whether it is ready, download."""

from uuid import UUID

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from ehr import clock
from ehr.documents.attachments import attachment

from .. import operations as ops
from ..models import Case, EvidencePack
from ..pack.writing import ZIP
from ..permissions import Permission
from .base import CaseView


class PackSerializer(serializers.ModelSerializer[EvidencePack]):
    class Meta:
        model = EvidencePack
        fields = ["id", "state", "asked_at", "made_at", "sha256", "size"]


class _Packs(CaseView):
    permission = Permission.EXPORT_EVIDENCE

    def packed(self, request: Request, pk: UUID) -> Case:
        return self.others_case(request, pk, Permission.EXPORT_EVIDENCE)


class Packs(_Packs):
    """A pack is made in the background; it is there once its state is `ready`."""

    @extend_schema(responses=PackSerializer(many=True))
    def get(self, request: Request, pk: UUID) -> Response:
        rows = EvidencePack.objects.visible_to(request.user).filter(case=self.packed(request, pk)).order_by("-id")
        return Response({"results": PackSerializer(rows, many=True).data})

    @extend_schema(request=None, responses={201: PackSerializer})
    def post(self, request: Request, pk: UUID) -> Response:
        pack = ops.ask_pack(case=self.packed(request, pk), by=request.user, at=clock.now())
        return Response(PackSerializer(pack).data, status.HTTP_201_CREATED)


class PackDownload(_Packs):
    """The ZIP. That it left the house is an event, so it is no GET."""

    @extend_schema(request=None, responses={200: bytes})
    def post(self, request: Request, pk: UUID, pack_pk: UUID) -> HttpResponse:
        case = self.packed(request, pk)
        pack: EvidencePack = self.load(EvidencePack.objects.visible_to(request.user).filter(case=case), pk=pack_pk)
        pack.case = case
        ops.take_pack(pack=pack, by=request.user, at=clock.now())
        return attachment(key=pack.file_key, name=pack.name, media_type=ZIP)

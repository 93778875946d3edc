"""Service of the notice over the API: sent, followed, proven; multipart, because a proof is a file."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.parsers import JSONParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from ehr import clock
from ehr.api import checked
from ehr.documents.attachments import attachment

from .. import operations as ops
from ..law_words import SERVICE_PROOFS
from ..models import Case, ServiceFile, ServiceMethod, ServiceProof
from ..paper_kinds import EMPLOYERS
from ..permissions import Permission
from ..service_forms import RESULTS, followed, sent
from .base import CaseView


class ServiceFileSerializer(serializers.ModelSerializer[ServiceFile]):
    class Meta:
        model = ServiceFile
        fields = ["id", "proof", "name", "media_type", "size", "sha256", "uploaded_at"]


class ServiceRowSerializer(serializers.ModelSerializer[ServiceProof]):
    files = ServiceFileSerializer(many=True, read_only=True)

    class Meta:
        model = ServiceProof
        fields = [
            *("id", "method", "sent_date", "is_agreed", "reference", "result", "result_date", "delivered_date", "files")
        ]


class FollowSerializer(serializers.Serializer[Any]):
    result = serializers.ChoiceField(choices=RESULTS, required=False, default="", allow_blank=True)
    day = serializers.DateField(required=False, default=None, allow_null=True)
    proof = serializers.ChoiceField(choices=list(SERVICE_PROOFS), required=False, default="", allow_blank=True)
    file = serializers.FileField(required=False, default=None, allow_null=True)

    def validate(self, asked: dict[str, Any]) -> dict[str, Any]:
        if bool(asked.get("file")) != bool(asked.get("proof")):
            raise serializers.ValidationError({"proof": "Send a file and say what it proves."})
        return asked


class SendingSerializer(FollowSerializer):
    method = serializers.ChoiceField(choices=ServiceMethod.choices)
    sent_date = serializers.DateField()
    recipient = serializers.CharField(max_length=200, required=False, default="", allow_blank=True)
    is_agreed = serializers.BooleanField(required=False, default=False)
    reference = serializers.CharField(max_length=120, required=False, default="", allow_blank=True)


class _Service(CaseView):
    parser_classes = (MultiPartParser, JSONParser)

    def served(self, request: Request, pk: UUID, permission: str) -> Case:
        """Only an ending that the employer declares has a notice to serve."""
        case = self.others_case(request, pk, permission)
        if case.kind not in EMPLOYERS:
            raise Http404
        return case

    def answer(self, service: ServiceProof, code: int = status.HTTP_200_OK) -> Response:
        service.refresh_from_db()
        return Response(ServiceRowSerializer(service).data, code)


class ServiceProofs(_Service):
    """One way after the other: in person, by post, by mail; a public notice only after the others have failed."""

    @extend_schema(responses=ServiceRowSerializer(many=True))
    def get(self, request: Request, pk: UUID) -> Response:
        rows = self.served(request, pk, Permission.VIEW_REASON).service_proofs.prefetch_related("files")
        return Response({"results": ServiceRowSerializer(rows.order_by("at", "id"), many=True).data})

    @extend_schema(request=SendingSerializer, responses={201: ServiceRowSerializer})
    def post(self, request: Request, pk: UUID) -> Response:
        case = self.served(request, pk, Permission.MANAGE_CASE)
        asked = sent(checked(SendingSerializer, request))
        service = ops.send_notice(case=case, **asked, by=request.user, at=clock.now())
        return self.answer(service, status.HTTP_201_CREATED)


class ServiceResults(_Service):
    """What came of it, said once; papers may be added at any time."""

    @extend_schema(request=FollowSerializer, responses=ServiceRowSerializer)
    def post(self, request: Request, pk: UUID, service_pk: UUID) -> Response:
        case = self.served(request, pk, Permission.MANAGE_CASE)
        service: ServiceProof = self.load(ServiceProof.objects.filter(case=case), pk=service_pk)
        service.case = case
        asked = followed(checked(FollowSerializer, request))
        return self.answer(ops.follow_service(service=service, **asked, by=request.user, at=clock.now()))


class ServiceProofFile(_Service):
    @extend_schema(responses={200: bytes})
    def get(self, request: Request, pk: UUID, service_pk: UUID, file_pk: UUID) -> HttpResponse:
        case = self.served(request, pk, Permission.VIEW_REASON)
        row: ServiceFile = self.load(ServiceFile.objects.filter(service__case=case, service=service_pk), pk=file_pk)
        return attachment(key=row.file_key, name=row.name, media_type=row.media_type)

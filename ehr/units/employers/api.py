from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.fields import empty
from rest_framework.request import Request
from rest_framework.response import Response

from ehr import clock
from ehr.api import ApiView, DetailView, ListView, StrictSerializer, checked
from ehr.documents.attachments import attachment
from ehr.units.employers.changing import change_employer, change_seal, employer_version, remove_seal
from ehr.units.models import MOST_WORDS, LegalEntity
from ehr.units.permissions import Permission


class SaidField(serializers.BooleanField):
    """What a multipart form leaves out was not answered with no."""

    default_empty_html = empty


class LegalEntitySerializer(serializers.ModelSerializer[LegalEntity]):
    has_own_seal = serializers.BooleanField(source="seal", read_only=True)
    version = serializers.SerializerMethodField()

    class Meta:
        model = LegalEntity
        fields = ["id", "code", "name", "uscc", "has_union", "has_own_seal", "version"]

    def get_version(self, row: LegalEntity) -> str:
        return employer_version(row)


class NewLegalEntitySerializer(StrictSerializer):
    code = serializers.CharField(max_length=20)
    name = serializers.CharField(max_length=120)
    uscc = serializers.CharField(max_length=40, default="", allow_blank=True)
    has_union = serializers.BooleanField(default=True)


class EmployerReasonSerializer(StrictSerializer):
    version = serializers.CharField(max_length=100)
    reason = serializers.CharField(max_length=MOST_WORDS, default="", allow_blank=True)


class LegalEntityChangeSerializer(EmployerReasonSerializer):
    """Only what is sent is changed."""

    id = serializers.UUIDField(read_only=True)
    code = serializers.CharField(read_only=True)
    has_own_seal = serializers.BooleanField(read_only=True)
    name = serializers.CharField(max_length=120, required=False)
    uscc = serializers.CharField(max_length=40, required=False, allow_blank=True)
    has_union = SaidField(required=False)


class SealSerializer(EmployerReasonSerializer):
    file = serializers.FileField(help_text="PNG, at most 1 MB, 400 to 4000 pixels a side.")


class LegalEntityRows:
    permission = Permission.MANAGE_EMPLOYERS
    serializer_class = LegalEntitySerializer

    def rows(self, user: Any) -> QuerySet[LegalEntity]:
        return LegalEntity.objects.visible_to(user)


class LegalEntityList(LegalEntityRows, ListView):
    """GET every employer; POST a new one."""

    ordering = "code"

    @extend_schema(request=NewLegalEntitySerializer, responses={201: LegalEntitySerializer})
    def post(self, request: Request) -> Response:
        said = checked(NewLegalEntitySerializer, request)
        entity = LegalEntity.add(**said, by=request.user, at=clock.now())
        return Response(LegalEntitySerializer(entity).data, status.HTTP_201_CREATED)


class LegalEntityDetail(LegalEntityRows, DetailView):
    """PATCH names the `version` that was read; a newer one answers 409. What changes needs a `reason`."""

    @extend_schema(request=LegalEntityChangeSerializer, responses=LegalEntitySerializer)
    def patch(self, request: Request, pk: UUID) -> Response:
        entity = self.load(self.rows(request.user), pk=pk)
        said = checked(LegalEntityChangeSerializer, request)
        change_employer(entity=entity, by=request.user, at=clock.now(), **said)
        return Response(LegalEntitySerializer(self.load(self.rows(request.user), pk=pk)).data)


class LegalEntitySeal(LegalEntityRows, ApiView):
    """GET the image of its own seal, 404 where it is drawn from the name; POST one for the papers issued from now on."""

    @extend_schema(responses={200: bytes})
    def get(self, request: Request, pk: UUID) -> HttpResponse:
        entity: LegalEntity = self.load(self.rows(request.user), pk=pk)
        if not entity.seal:
            raise Http404
        return attachment(key=str(entity.seal.name), name=f"{entity.code}-seal.png", media_type="image/png")

    @extend_schema(request={"multipart/form-data": SealSerializer}, responses=LegalEntitySerializer)
    def post(self, request: Request, pk: UUID) -> Response:
        entity = self.load(self.rows(request.user), pk=pk)
        said = checked(SealSerializer, request)
        file = said.pop("file")
        change_seal(entity=entity, content=file, size=file.size, by=request.user, at=clock.now(), **said)
        return Response(LegalEntitySerializer(self.load(self.rows(request.user), pk=pk)).data)


class LegalEntitySealRemoval(LegalEntityRows, ApiView):
    """POST the reason: from now on the seal is drawn from the name again."""

    @extend_schema(request=EmployerReasonSerializer, responses=LegalEntitySerializer)
    def post(self, request: Request, pk: UUID) -> Response:
        entity = self.load(self.rows(request.user), pk=pk)
        remove_seal(entity=entity, by=request.user, at=clock.now(), **checked(EmployerReasonSerializer, request))
        return Response(LegalEntitySerializer(self.load(self.rows(request.user), pk=pk)).data)

"""The papers behind a track: listed, added, fetched; by whoever sees or works on that track."""

from uuid import UUID

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from ehr import clock
from ehr.api.uploads import SentFileSerializer, sent_file
from ehr.documents.attachments import attachment
from ehr.errors import Forbidden

from .. import operations as ops
from ..models import Track, TrackFile
from ..serializers import TrackFileSerializer, tracks_shown
from .base import CaseView


class _Proofs(CaseView):
    def track(self, request: Request, pk: UUID, kind: str) -> Track:
        case = self.others_case(request, pk)
        track: Track = self.load(tracks_shown(request.user, case), kind=kind)
        track.case = case
        return track


class Proofs(_Proofs):
    parser_classes = (MultiPartParser,)

    @extend_schema(responses=TrackFileSerializer(many=True))
    def get(self, request: Request, pk: UUID, kind: str) -> Response:
        rows = self.track(request, pk, kind).files.select_related("uploaded_by")
        return Response({"results": TrackFileSerializer(rows, many=True).data})

    @extend_schema(request={"multipart/form-data": SentFileSerializer}, responses={201: TrackFileSerializer})
    def post(self, request: Request, pk: UUID, kind: str) -> Response:
        track = self.track(request, pk, kind)
        if not Track.objects.workable_by(request.user).filter(pk=track.pk).exists():
            raise Forbidden("not_your_track")
        upload = sent_file(request)
        row = ops.add_proof(
            track=track, name=upload.name, size=upload.size, content=upload, by=request.user, at=clock.now()
        )
        return Response(TrackFileSerializer(row).data, status.HTTP_201_CREATED)


class Proof(_Proofs):
    @extend_schema(responses={200: bytes})
    def get(self, request: Request, pk: UUID, kind: str, file_pk: UUID) -> HttpResponse:
        row: TrackFile = self.load(TrackFile.objects.filter(track=self.track(request, pk, kind)), pk=file_pk)
        return attachment(key=row.file_key, name=row.name, media_type=row.media_type)

"""Endings of several people at once over the API: the same rehearsal, the same cases, the same refusals."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from ehr import clock
from ehr.api import ApiView, ListView, checked
from ehr.api.uploads import sent_file

from .. import operations as ops
from ..batch_serializers import BatchAskedSerializer, BatchLineSerializer, BatchSerializer, RehearsalSerializer
from ..law_serializers import EvidenceSentSerializer, EvidenceSerializer
from ..models import Batch
from ..permissions import Permission
from ..queries.batches import batch_page, batches, lines_to_work_on, people_of

NUMBERS = "employee_numbers"


class Batches(ListView):
    """POST opens a case for each of the numbers, all or none; with `rehearse` it only tells what would come of it."""

    permissions = {"GET": Permission.VIEW_REASON, "POST": Permission.MANAGE_CASE}

    serializer_class = BatchSerializer

    def rows(self, user: Any) -> QuerySet[Batch]:
        return batches(user)

    @extend_schema(request=BatchAskedSerializer, responses={200: RehearsalSerializer, 201: BatchSerializer})
    def post(self, request: Request) -> Response:
        asked = checked(BatchAskedSerializer, request)
        only_rehearsed, numbers = asked.pop("rehearse"), list(dict.fromkeys(asked.pop(NUMBERS)))
        people = people_of(request.user, numbers)
        ops.refuse_unknown(numbers, people, field=NUMBERS)
        given = {
            "employments": people,
            "question": ops.Question(**asked),
            "by": request.user,
            "at": clock.now(),
        }
        if only_rehearsed:
            return Response(RehearsalSerializer(ops.rehearse_batch(**given)).data)
        batch = ops.open_batch(**given, field=NUMBERS)
        return Response(_told(request, batch), status.HTTP_201_CREATED)


class _BatchView(ApiView):
    permission = Permission.MANAGE_CASE

    def batch(self, request: Request, pk: UUID, permission: str = Permission.MANAGE_CASE) -> Batch:
        found: Batch = self.load(Batch.objects.visible_to(request.user, permission), pk=pk)
        return found


class BatchDetail(_BatchView):
    permission = Permission.VIEW_REASON

    @extend_schema(responses=BatchSerializer)
    def get(self, request: Request, pk: UUID) -> Response:
        return Response(_told(request, self.batch(request, pk, Permission.VIEW_REASON)))


class BatchEvidence(_BatchView):
    """One paper that holds for each of them: added to all or to none."""

    parser_classes = (MultiPartParser,)

    @extend_schema(request={"multipart/form-data": EvidenceSentSerializer}, responses={201: BatchSerializer})
    def post(self, request: Request, pk: UUID) -> Response:
        batch = self.batch(request, pk)
        upload = sent_file(request)
        ops.add_batch_evidence(
            batch=batch,
            lines=lines_to_work_on(request.user, batch),
            name=upload.name,
            size=upload.size,
            content=upload,
            by=request.user,
            at=clock.now(),
            **checked(EvidenceSerializer, request),
        )
        return Response(_told(request, batch), status.HTTP_201_CREATED)


class BatchSubmission(_BatchView):
    """Sends what was not sent yet, each for itself."""

    @extend_schema(request=None, responses=BatchLineSerializer(many=True))
    def post(self, request: Request, pk: UUID) -> Response:
        batch = self.batch(request, pk)
        tried = ops.submit_batch(lines=lines_to_work_on(request.user, batch), by=request.user, at=clock.now())
        return Response({"results": BatchLineSerializer(tried, many=True).data})


def _told(request: Request, batch: Batch) -> dict[str, Any]:
    lines = batch_page(request.user, batch).lines
    return {**BatchSerializer(batch).data, "lines": BatchLineSerializer(lines, many=True).data}

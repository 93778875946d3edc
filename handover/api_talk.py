"""Words, witnesses and omissions of one handover, for other systems."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.parsers import FormParser, JSONParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from ehr import access, clock
from ehr.api import checked
from ehr.documents.attachments import attachment
from ehr.identity.models import User
from handover import operations, queries, serializers
from handover.api import OfHandover
from handover.models import Handover, HandoverItem, MessageFile
from handover.operations import Upload
from handover.permissions import Permission


class Explanation(OfHandover):
    permission = Permission.FILL_ITEMS

    @extend_schema(request=serializers.ExplanationSerializer, responses=serializers.ItemSerializer)
    def post(self, request: Request, pk: UUID, item_pk: UUID) -> Response:
        item = self.item(request, pk, item_pk)
        access.check(request.user, Permission.FILL_ITEMS, item.handover)
        said = checked(serializers.ExplanationSerializer, request)
        operations.explain_item(item=item, **said, by=request.user, at=clock.now())
        return self.answer(request, pk, item_pk)


class Witnessing(OfHandover):
    @extend_schema(request=None, responses=serializers.ItemSerializer)
    def post(self, request: Request, pk: UUID, item_pk: UUID) -> Response:
        operations.witness_item(item=self.item(request, pk, item_pk), by=request.user, at=clock.now())
        return self.answer(request, pk, item_pk)


class OfNamed(OfHandover):
    """Somebody is named on it, by sign-in name."""

    def named(self, request: Request) -> User:
        username = checked(serializers.NamedSerializer, request)["username"]
        return self.load(User.objects.with_full_access(), username=username)  # type: ignore[no-any-return]


class Witness(OfNamed):
    permission = Permission.SIGN_HANDOVERS

    @extend_schema(request=serializers.NamedSerializer, responses=serializers.HandoverSerializer)
    def post(self, request: Request, pk: UUID) -> Response:
        handover = self.handover(request, pk)
        access.check(request.user, Permission.SIGN_HANDOVERS, handover)
        operations.name_witness(handover=handover, witness=self.named(request), by=request.user, at=clock.now())
        return self.answer(request, pk)


class Successor(OfNamed):
    permission = Permission.TRANSFER_WORK

    @extend_schema(request=serializers.NamedSerializer, responses=serializers.HandoverSerializer)
    def post(self, request: Request, pk: UUID) -> Response:
        handover = self.load(Handover.objects.visible_to(request.user, Permission.TRANSFER_WORK).for_page(), pk=pk)  # type: ignore[arg-type]
        operations.name_successor(handover=handover, successor=self.named(request), by=request.user, at=clock.now())
        return self.answer(request, pk)


class OfTalk(OfHandover):
    permission = Permission.TALK

    def handover(self, request: Request, pk: UUID) -> Handover:
        rows = Handover.objects.visible_to(request.user, Permission.TALK)
        return self.load(rows.for_page(), pk=pk)  # type: ignore[no-any-return]

    def chosen(self, handover: Handover, pk: UUID | None) -> HandoverItem | None:
        return self.load(handover.items, pk=pk) if pk else None  # type: ignore[no-any-return]


class Messages(OfTalk):
    """?after=<id>: only what is newer. A message may carry files as parts named file."""

    parser_classes = (JSONParser, FormParser, MultiPartParser)

    @extend_schema(responses=serializers.MessageSerializer(many=True), parameters=[OpenApiParameter("after")])
    def get(self, request: Request, pk: UUID) -> Response:
        rows = self.handover(request, pk).messages.select_related("author").prefetch_related("files").order_by("id")
        after = queries.chosen(request.query_params.get("after", ""))
        rows = rows.filter(id__gt=after) if after else rows
        return Response({"results": serializers.MessageSerializer(rows[:200], many=True).data})

    @extend_schema(request=serializers.NewMessageSerializer, responses={201: serializers.MessageSerializer})
    def post(self, request: Request, pk: UUID) -> Response:
        handover, said = self.handover(request, pk), checked(serializers.NewMessageSerializer, request)
        sent = [Upload(name=f.name or "", size=f.size or 0, content=f) for f in request.FILES.getlist("file")]
        item, text = self.chosen(handover, said["item"]), said["text"]
        message = operations.send_message(
            handover=handover, text=text, item=item, files=sent, by=request.user, at=clock.now()
        )
        return Response(serializers.MessageSerializer(message).data, status=status.HTTP_201_CREATED)


class MessageFiles(OfTalk):
    @extend_schema(responses={200: bytes})
    def get(self, request: Request, pk: UUID, file_pk: UUID) -> HttpResponse:
        row = self.load(MessageFile.objects.filter(message__handover=self.handover(request, pk)), pk=file_pk)
        return attachment(key=row.file_key, name=row.name, media_type=row.media_type)


class Omissions(OfTalk):
    permission = Permission.VIEW_OMISSIONS

    def handover(self, request: Request, pk: UUID) -> Handover:
        rows = Handover.objects.visible_to(request.user, Permission.VIEW_OMISSIONS)
        return self.load(rows.for_page(), pk=pk)  # type: ignore[no-any-return]

    @extend_schema(responses=serializers.OmissionSerializer(many=True))
    def get(self, request: Request, pk: UUID) -> Response:
        rows = self.handover(request, pk).omissions.select_related("filed_by").order_by("filed_at")
        return Response({"results": serializers.OmissionSerializer(rows, many=True).data})

    @extend_schema(request=serializers.NewOmissionSerializer, responses={201: serializers.OmissionSerializer})
    def post(self, request: Request, pk: UUID) -> Response:
        handover = self.handover(request, pk)
        access.check(request.user, Permission.FILE_OMISSIONS, handover)
        said: dict[str, Any] = checked(serializers.NewOmissionSerializer, request)
        said["item"] = self.chosen(handover, said["item"])
        row = operations.file_omission(handover=handover, **said, by=request.user, at=clock.now())
        return Response(serializers.OmissionSerializer(row).data, status=status.HTTP_201_CREATED)

"""The same deeds as the pages, for other systems: load through the door, check, one call, the fresh state."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from ehr import access, clock
from ehr.api import ApiView, DetailView, ListView, checked
from ehr.api.uploads import SentFileSerializer, sent_file
from ehr.documents.attachments import attachment
from handover import operations, serializers
from handover.models import Handover, HandoverItem, ItemFile
from handover.permissions import Permission


def handovers(user: Any) -> Any:
    return Handover.objects.visible_to(user).for_page().counted()


def items(user: Any, pk: UUID) -> Any:
    rows = HandoverItem.objects.visible_to(user).filter(handover_id=pk)
    return rows.select_related("handover__employment__person", "handover__employment__unit").prefetch_related("files")


def shown(rows: Any, reader: Any, *, many: bool = False) -> Any:
    return serializers.ItemSerializer(rows, many=many, context={"reader": reader}).data


class Handovers(ListView):
    permission = Permission.VIEW_HANDOVERS
    serializer_class = serializers.HandoverSerializer
    filters = ("state", "origin")

    def rows(self, user: Any) -> Any:
        return handovers(user).filter(**self.wanted())


class HandoverDetail(DetailView):
    permission = Permission.VIEW_HANDOVERS
    serializer_class = serializers.HandoverSerializer

    def rows(self, user: Any) -> Any:
        return handovers(user)


class OfHandover(ApiView):
    """Base of everything below one handover."""

    permission = Permission.VIEW_HANDOVERS

    def handover(self, request: Request, pk: UUID) -> Handover:
        return self.load(handovers(request.user), pk=pk)  # type: ignore[no-any-return]

    def item(self, request: Request, pk: UUID, item_pk: UUID) -> HandoverItem:
        self.handover(request, pk)
        return self.load(items(request.user, pk), pk=item_pk)  # type: ignore[no-any-return]

    def answer(self, request: Request, pk: UUID, item_pk: UUID | None = None, code: int = 200) -> Response:
        if item_pk is None:
            return Response(serializers.HandoverSerializer(self.handover(request, pk)).data, status=code)
        return Response(shown(self.item(request, pk, item_pk), request.user), status=code)


class Items(OfHandover):
    @extend_schema(responses=serializers.ItemSerializer(many=True))
    def get(self, request: Request, pk: UUID) -> Response:
        self.handover(request, pk)
        return Response({"results": shown(items(request.user, pk).in_order(), request.user, many=True)})

    @extend_schema(request=serializers.NewItemSerializer, responses={201: serializers.ItemSerializer})
    def post(self, request: Request, pk: UUID) -> Response:
        handover = self.handover(request, pk)
        access.check(request.user, Permission.ADD_ITEMS, handover)
        new = checked(serializers.NewItemSerializer, request)
        item = operations.add_item(handover=handover, **new, by=request.user, at=clock.now())
        return self.answer(request, pk, item.pk, status.HTTP_201_CREATED)


class Sources(OfHandover):
    """Ask every source once more; answers with the whole list."""

    permission = Permission.ADD_ITEMS

    @extend_schema(request=None, responses=serializers.ItemSerializer(many=True))
    def post(self, request: Request, pk: UUID) -> Response:
        handover = self.handover(request, pk)
        access.check(request.user, Permission.ADD_ITEMS, handover)
        added = operations.look_again(handover=handover, by=request.user, at=clock.now())
        rows = items(request.user, pk).in_order()
        return Response({"added": len(added), "results": shown(rows, request.user, many=True)})


class Item(OfHandover):
    serializer_class = serializers.ItemSerializer

    def get(self, request: Request, pk: UUID, item_pk: UUID) -> Response:
        return self.answer(request, pk, item_pk)


class Submission(OfHandover):
    permission = Permission.FILL_ITEMS

    @extend_schema(request=serializers.ItemSubmissionSerializer, responses=serializers.ItemSerializer)
    def post(self, request: Request, pk: UUID, item_pk: UUID) -> Response:
        item = self.item(request, pk, item_pk)
        access.check(request.user, Permission.FILL_ITEMS, item.handover)
        said = checked(serializers.ItemSubmissionSerializer, request)
        operations.submit_item(item=item, **said, by=request.user, at=clock.now())
        return self.answer(request, pk, item_pk)


class Confirmation(OfHandover):
    @extend_schema(request=serializers.ItemDecisionSerializer, responses=serializers.ItemSerializer)
    def post(self, request: Request, pk: UUID, item_pk: UUID) -> Response:
        item = self.item(request, pk, item_pk)
        operations.refuse_others(item, request.user)
        said = checked(serializers.ItemDecisionSerializer, request)
        operations.decide_item(item=item, **said, by=request.user, at=clock.now())
        return self.answer(request, pk, item_pk)


class Files(OfHandover):
    permission = Permission.FILL_ITEMS
    parser_classes = (MultiPartParser,)

    @extend_schema(request={"multipart/form-data": SentFileSerializer}, responses={201: serializers.ItemFileSerializer})
    def post(self, request: Request, pk: UUID, item_pk: UUID) -> Response:
        item = self.item(request, pk, item_pk)
        access.check(request.user, Permission.FILL_ITEMS, item.handover)
        upload = sent_file(request)
        row = operations.attach_file(
            item=item, name=upload.name or "", size=upload.size or 0, content=upload, by=request.user, at=clock.now()
        )
        return Response(serializers.ItemFileSerializer(row).data, status=status.HTTP_201_CREATED)


class File(OfHandover):
    permissions = {"GET": Permission.VIEW_HANDOVERS, "DELETE": Permission.FILL_ITEMS}

    def row(self, request: Request, pk: UUID, item_pk: UUID, file_pk: UUID) -> ItemFile:
        item = self.item(request, pk, item_pk)
        return self.load(item.files_for(request.user).select_related("item"), pk=file_pk)  # type: ignore[no-any-return]

    @extend_schema(responses={200: bytes})
    def get(self, request: Request, pk: UUID, item_pk: UUID, file_pk: UUID) -> HttpResponse:
        row = self.row(request, pk, item_pk, file_pk)
        return attachment(key=row.file_key, name=row.name, media_type=row.media_type)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, pk: UUID, item_pk: UUID, file_pk: UUID) -> Response:
        row = self.row(request, pk, item_pk, file_pk)
        operations.remove_file(file=row, by=request.user, at=clock.now())
        return Response(status=status.HTTP_204_NO_CONTENT)


class Confirmations(OfHandover):
    @extend_schema(request=serializers.BulkSerializer, responses=serializers.ConfirmedSerializer)
    def post(self, request: Request, pk: UUID) -> Response:
        handover = self.handover(request, pk)
        if not items(request.user, pk).confirmable_by(request.user).exists():
            raise access.Forbidden("not_a_confirmer")
        chosen = checked(serializers.BulkSerializer, request)["items"]
        done = operations.confirm_many(handover=handover, item_ids=chosen, by=request.user, at=clock.now())
        return Response({"confirmed": done})


class Completeness(OfHandover):
    permission = Permission.SIGN_HANDOVERS

    @extend_schema(request=None, responses=serializers.HandoverSerializer)
    def post(self, request: Request, pk: UUID) -> Response:
        operations.state_complete(handover=self.handover(request, pk), by=request.user, at=clock.now())
        return self.answer(request, pk)


class SignOff(OfHandover):
    permission = Permission.SIGN_HANDOVERS

    @extend_schema(request=serializers.SignOffSerializer, responses=serializers.HandoverSerializer)
    def post(self, request: Request, pk: UUID) -> Response:
        handover = self.handover(request, pk)
        access.check(request.user, Permission.SIGN_HANDOVERS, handover)
        said = checked(serializers.SignOffSerializer, request)
        operations.decide_handover(handover=handover, **said, by=request.user, at=clock.now())
        return self.answer(request, pk)

"""Taking over by the API: the successor's page as data, questions, and what is gone through together."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from ehr import access, clock
from ehr.api import ApiView, checked
from ehr.documents.serializers import DocumentSerializer
from ehr.identity.models import User
from handover import operations, queries, serializers
from handover import takeover_serializers as shown
from handover.models import Handover, Message
from handover.permissions import Permission


class OfTakeover(ApiView):
    permission = Permission.VIEW_TAKEOVER
    serializer_class = shown.TakeoverSerializer

    def handover(self, request: Request, pk: UUID) -> Handover:
        rows = Handover.objects.visible_to(request.user, self.permission or "").under_way()
        return self.load(rows.for_page(), pk=pk)  # type: ignore[no-any-return]


class Takeover(OfTakeover):
    def get(self, request: Request, pk: UUID) -> Response:
        page = queries.takeover_of(request.user, self.handover(request, pk), today=clock.today())
        return Response(shown.TakeoverSerializer(page).data)


class TakeoverNote(OfTakeover):
    """POST: whoever takes over has looked through it."""

    @extend_schema(request=None, responses=shown.HandoverNoteSerializer)
    def post(self, request: Request, pk: UUID) -> Response:
        operations.take_note(handover=self.handover(request, pk), by=request.user, at=clock.now())
        return Response(shown.HandoverNoteSerializer(self.handover(request, pk)).data)


class Questions(OfTakeover):
    @extend_schema(responses=shown.QuestionSerializer(many=True))
    def get(self, request: Request, pk: UUID) -> Response:
        asked = queries.asked_in(self.handover(request, pk))
        return Response({"results": shown.QuestionSerializer(asked, many=True).data})

    @extend_schema(request=serializers.NewMessageSerializer, responses={201: serializers.MessageSerializer})
    def post(self, request: Request, pk: UUID) -> Response:
        handover, said = self.handover(request, pk), checked(serializers.NewMessageSerializer, request)
        item = self.load(handover.items, pk=said["item"]) if said["item"] else None
        question = operations.ask_question(
            handover=handover, text=said["text"], item=item, by=request.user, at=clock.now()
        )
        return Response(serializers.MessageSerializer(question).data, status=status.HTTP_201_CREATED)


class Answer(OfTakeover):
    permission = Permission.ANSWER_QUESTIONS

    @extend_schema(request=shown.QuestionAnswerSerializer, responses={201: serializers.MessageSerializer})
    def post(self, request: Request, pk: UUID, message_pk: UUID) -> Response:
        handover, said = self.handover(request, pk), checked(shown.QuestionAnswerSerializer, request)
        question = self.load(Message.objects.questions().filter(handover=handover), pk=message_pk)
        question.handover = handover
        answer = operations.answer_question(question=question, **said, by=request.user, at=clock.now())
        return Response(serializers.MessageSerializer(answer).data, status=status.HTTP_201_CREATED)


class Shadowings(OfTakeover):
    permission = Permission.VIEW_SHADOWING

    @extend_schema(responses=shown.ShadowingSerializer(many=True))
    def get(self, request: Request, pk: UUID) -> Response:
        rows = self.handover(request, pk).shadowings.in_order()
        return Response({"results": shown.ShadowingSerializer(rows, many=True).data})

    @extend_schema(request=shown.NewShadowingSerializer, responses={201: shown.ShadowingSerializer})
    def post(self, request: Request, pk: UUID) -> Response:
        handover = self.handover(request, pk)
        access.check(request.user, Permission.PLAN_SHADOWING, handover)
        said = checked(shown.NewShadowingSerializer, request)
        name = said.pop("guide")
        said["guide"] = self.load(User.objects.with_full_access(), username=name) if name else None
        row = operations.plan_shadowing(handover=handover, **said, by=request.user, at=clock.now())
        return Response(shown.ShadowingSerializer(row).data, status=status.HTTP_201_CREATED)


class ShadowingCompletion(OfTakeover):
    permission = Permission.VIEW_SHADOWING

    @extend_schema(request=None, responses=shown.ShadowingSerializer)
    def post(self, request: Request, pk: UUID, session_pk: UUID) -> Response:
        rows = self.handover(request, pk).shadowings.select_related("handover", "guide")
        row = self.load(rows, pk=session_pk)
        operations.finish_shadowing(shadowing=row, by=request.user, at=clock.now())
        return Response(shown.ShadowingSerializer(row).data)


class ShadowingCancellation(OfTakeover):
    permission = Permission.PLAN_SHADOWING

    @extend_schema(request=None, responses=shown.ShadowingSerializer)
    def post(self, request: Request, pk: UUID, session_pk: UUID) -> Response:
        rows = self.handover(request, pk).shadowings.select_related("handover", "guide")
        row = self.load(rows, pk=session_pk)
        operations.call_off_shadowing(shadowing=row, by=request.user, at=clock.now())
        return Response(shown.ShadowingSerializer(row).data)


class Report(OfTakeover):
    """POST: draw up the report as a paper; a document clerk seals it unless a release stands."""

    permission = Permission.ISSUE_REPORT

    @extend_schema(request=None, responses={201: DocumentSerializer})
    def post(self, request: Request, pk: UUID) -> Response:
        paper = operations.issue_report(handover=self.handover(request, pk), by=request.user, at=clock.now())
        return Response(DocumentSerializer(paper).data, status=status.HTTP_201_CREATED)

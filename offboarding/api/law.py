"""What the law says to an exit: findings and their answers, the papers of the checklist, and many exits at once."""

from uuid import UUID

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from ehr import clock
from ehr.api import checked
from ehr.api.uploads import sent_file
from ehr.documents.attachments import attachment
from ehr.errors import Forbidden

from .. import may
from .. import operations as ops
from ..law_serializers import (
    AnswerSerializer,
    EvidenceSentSerializer,
    EvidenceSerializer,
    FindingSerializer,
    LawAnswerSerializer,
    LawQuestionSerializer,
    ManySerializer,
    OutcomeSerializer,
)
from ..models import Case, Evidence
from ..permissions import Permission
from ..queries.case_page import load_case
from ..queries.law_page import law_page
from ..queries.law_people import asked_about
from ..serializers import ArrearsSerializer, CaseSerializer
from .base import CaseView


class LawView(CaseView):
    def read_case(self, request: Request, pk: UUID) -> Case:
        case = self.others_case(request, pk)
        if not may.may_read_law(request.user, case):
            raise Forbidden(Permission.VIEW_REASON)
        return case


class Findings(LawView):
    """GET: what stops which gate. POST: explain a warning, or let a refusal pass."""

    @extend_schema(responses=FindingSerializer(many=True))
    def get(self, request: Request, pk: UUID) -> Response:
        page = law_page(request.user, self.read_case(request, pk), at=clock.now())
        return Response({"results": FindingSerializer(page.findings, many=True).data})

    @extend_schema(request=AnswerSerializer, responses={201: FindingSerializer(many=True)})
    def post(self, request: Request, pk: UUID) -> Response:
        case, at = self.read_case(request, pk), clock.now()
        asked = checked(AnswerSerializer, request)
        answer = ops.override_finding if asked.pop("override") else ops.explain_finding
        answer(case=case, by=request.user, at=at, **asked)
        rows = law_page(request.user, case, at=at).findings
        return Response({"results": FindingSerializer(rows, many=True).data}, status.HTTP_201_CREATED)


class EvidenceFiles(LawView):
    parser_classes = (MultiPartParser,)

    @extend_schema(responses=EvidenceSerializer(many=True))
    def get(self, request: Request, pk: UUID) -> Response:
        rows = Evidence.objects.visible_to(request.user).filter(case=self.others_case(request, pk))
        found = rows.select_related("uploaded_by").order_by("id")
        return Response({"results": EvidenceSerializer(found, many=True).data})

    @extend_schema(request={"multipart/form-data": EvidenceSentSerializer}, responses={201: EvidenceSerializer})
    def post(self, request: Request, pk: UUID) -> Response:
        case = self.others_case(request, pk, Permission.START_CASE)
        upload, asked = sent_file(request), checked(EvidenceSentSerializer, request)
        row = ops.add_evidence(
            case=case,
            name=upload.name,
            size=upload.size,
            content=upload,
            by=request.user,
            at=clock.now(),
            paper=asked["paper"],
            dated=asked["dated"],
        )
        return Response(EvidenceSerializer(row).data, status.HTTP_201_CREATED)


class EvidenceFile(LawView):
    @extend_schema(responses={200: bytes})
    def get(self, request: Request, pk: UUID, file_pk: UUID) -> HttpResponse:
        rows = Evidence.objects.visible_to(request.user).filter(case=self.others_case(request, pk))
        row: Evidence = self.load(rows, pk=file_pk)
        return attachment(key=row.file_key, name=row.name, media_type=row.media_type)


class Arrears(LawView):
    """What a forced resignation names (LCL 38) was checked against wages and insurance. By legal; it stops nothing."""

    @extend_schema(request=ArrearsSerializer, responses={201: CaseSerializer})
    def post(self, request: Request, pk: UUID) -> Response:
        case, at = self.others_case(request, pk, Permission.JUDGE_ENDING), clock.now()
        ops.note_arrears(case=case, by=request.user, at=at, **checked(ArrearsSerializer, request))
        return self.fresh(request, case, status.HTTP_201_CREATED)


class Ending(LawView):
    """The last day has passed and what was missing is there now: let it take effect."""

    @extend_schema(request=None, responses=CaseSerializer)
    def post(self, request: Request, pk: UUID) -> Response:
        case = self.others_case(request, pk, Permission.MANAGE_CASE)
        ops.end_now(case=case, by=request.user, at=clock.now())
        return self.fresh(request, case)


class ManyCases(LawView):
    """One deed for a list of exits. Each succeeds or is refused for itself, with the code it would get alone."""

    permission = Permission.MANAGE_CASE

    @extend_schema(request=ManySerializer, responses=OutcomeSerializer(many=True))
    def post(self, request: Request) -> Response:
        asked = checked(ManySerializer, request)
        rows = load_case(request.user, None, Permission.MANAGE_CASE).filter(pk__in=asked["cases"])
        found = {case.pk: case for case in rows}
        cases = [found[pk] for pk in dict.fromkeys(asked["cases"]) if pk in found]
        outcomes = ops.do_many(action=asked["action"], cases=cases, by=request.user, at=clock.now())
        return Response({"results": OutcomeSerializer(outcomes, many=True).data})


class LawQuestions(LawView):
    """May these employments end? Asked without opening a case; kept as a question, and limited by the hour."""

    permission = Permission.ASK_LAW

    @extend_schema(request=LawQuestionSerializer, responses={201: LawAnswerSerializer(many=True)})
    def post(self, request: Request) -> Response:
        asked = checked(LawQuestionSerializer, request)
        employments = asked_about(request.user, asked.pop("employee_numbers"))
        answers = ops.ask_law(employments=employments, question=ops.Question(**asked), by=request.user, at=clock.now())
        return Response({"results": LawAnswerSerializer(answers, many=True).data}, status.HTTP_201_CREATED)

"""The agreement of a mutual ending over the API; multipart, because it is a paper."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.parsers import JSONParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from ehr import clock
from ehr.api import checked

from .. import operations as ops
from ..law_serializers import AgreementSerializer
from ..permissions import Permission
from ..serializers import CaseSerializer, ReasonSerializer
from .base import CaseView


class Agreement(CaseView):
    """Both signed: the day, with the scan as the part `file` or the id of the paper on file."""

    parser_classes = (MultiPartParser, JSONParser)

    @extend_schema(request=AgreementSerializer, responses=CaseSerializer)
    def post(self, request: Request, pk: UUID) -> Response:
        case = self.others_case(request, pk, Permission.MANAGE_CASE)
        asked = checked(AgreementSerializer, request)
        upload = asked.pop("file")
        scan = ops.Scan(name=upload.name, size=upload.size, content=upload) if upload else None
        ops.sign_agreement(case=case, scan=scan, by=request.user, at=clock.now(), **asked)
        return self.fresh(request, case)


class AgreementTakingBack(CaseView):
    """It was noted by mistake; not after the ending took effect."""

    @extend_schema(request=ReasonSerializer, responses=CaseSerializer)
    def post(self, request: Request, pk: UUID) -> Response:
        case = self.others_case(request, pk, Permission.MANAGE_CASE)
        asked = checked(ReasonSerializer, request)
        ops.take_back_agreement(case=case, by=request.user, at=clock.now(), **asked)
        return self.fresh(request, case)

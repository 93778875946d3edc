"""The same doors as the pages: not visible is 404, not allowed 403, wrong state 409 with what is allowed."""

from uuid import UUID

from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from ehr import access
from ehr.api import EVERYBODY, ApiView

from ..models import Case
from ..permissions import Permission
from ..queries.case_page import load_case
from ..serializers import CaseSerializer


class CaseView(ApiView):
    """Something below one case."""

    permission = EVERYBODY

    def case(self, request: Request, pk: UUID, permission: str = Permission.VIEW_CASE) -> Case:
        case: Case = self.load(load_case(request.user, pk), pk=pk)
        if permission != Permission.VIEW_CASE:
            access.check(request.user, permission, case)
        return case

    def others_case(self, request: Request, pk: UUID, permission: str = Permission.VIEW_CASE) -> Case:
        """Nobody handles their own exit from this side."""
        case = self.case(request, pk, permission)
        access.refuse_self(request.user, case.employment.person.user)
        return case

    def fresh(self, request: Request, case: Case, code: int = status.HTTP_200_OK) -> Response:
        """The case as it is now, for whom may still see it."""
        row = load_case(request.user, case.pk).filter(pk=case.pk).first()
        if row is None:
            return Response({"id": str(case.pk), "number": case.number, "state": case.state, "actions": []}, code)
        return Response(CaseSerializer(row, context={"request": request}).data, code)

from typing import Any
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from ehr import access, clock, record
from ehr.api import EVERYBODY, ApiView, DetailView, ListView, checked
from ehr.documents import Document
from ehr.errors import Forbidden, WrongState
from ehr.identity import signing
from employees.models import Employment
from employees.queries import employment_of

from .. import operations as ops
from ..models import Case
from ..permissions import Permission
from ..queries.board import Filters, filtered
from ..queries.case_page import load_case
from ..rules.kinds import Kind, Starter, rule
from ..serializers import (
    CaseDocumentSerializer,
    CaseRowSerializer,
    CaseSerializer,
    EventSerializer,
    NewCaseSerializer,
    SigningCodeSerializer,
    SubmissionSerializer,
    TrackSerializer,
    tracks_shown,
)
from ..timeline import known_to
from .base import CaseView


class Cases(ListView):
    """What you may see, and beginning a new one: a resignation is filed at once, everything else is a draft."""

    permission = EVERYBODY
    serializer_class = CaseRowSerializer
    filters = ("tab", "state", "kind", "unit", "q", "red")

    def rows(self, user: Any) -> Any:
        query = self.request.query_params
        rows = Case.objects.visible_to(user).select_related("employment__person", "unit")
        if state := query.get("state"):
            rows = rows.filter(state=state)
        return filtered(rows, Filters.of(query), at=clock.now())

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if request.method == "POST":  # outside the transaction that a wrong code takes back
            signing.count_try(user=request.user, act=ops.SIGNS_NOTICE)

    @extend_schema(request=NewCaseSerializer, responses={201: CaseSerializer})
    def post(self, request: Request) -> Response:
        asked = checked(NewCaseSerializer, request)
        case = _begin(request.user, asked.pop("employee_number"), asked)
        row = load_case(request.user, case.pk).get(pk=case.pk)
        return Response(CaseSerializer(row, context={"request": request}).data, status.HTTP_201_CREATED)


class SigningCodes(ApiView):
    """POST: a one-time code goes to the caller's own address. With the typed name it signs a resignation."""

    permission = Permission.FILE_RESIGNATION

    @extend_schema(request=None, responses={201: SigningCodeSerializer})
    def post(self, request: Request) -> Response:
        employment = employment_of(request.user)
        if employment is None:
            raise WrongState(_("No employment is linked to this login"))
        sent = ops.send_signing_code(employment=employment, by=request.user, at=clock.now())
        return Response(SigningCodeSerializer(sent).data, status.HTTP_201_CREATED)


class CaseDetail(DetailView):
    permission = EVERYBODY
    serializer_class = CaseSerializer

    def rows(self, user: Any) -> Any:
        return load_case(user, None)


class Submission(CaseView):
    """Send a draft or a returned case for decision. What is given replaces what it said."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Counted before the transaction that a refusal takes back."""
        super().initial(request, *args, **kwargs)
        if request.method == "POST":
            case = self.case(request, kwargs["pk"])
            _refuse_other_submitter(request.user, case)
            ops.count_sending(case, by=request.user, at=clock.now())

    @extend_schema(request=SubmissionSerializer, responses=CaseSerializer)
    def post(self, request: Request, pk: UUID) -> Response:
        case, at = self.case(request, pk), clock.now()
        asked = checked(SubmissionSerializer, request)
        if asked["reason"] or asked["requested_last_working_date"] or "items" in asked or "kind" in asked:
            ops.amend_case(case=case, by=request.user, at=at, **asked)
        ops.submit_case(case=case, by=request.user, at=at)
        return self.fresh(request, case)


class Timeline(ListView):
    permission = EVERYBODY
    serializer_class = EventSerializer
    ordering = ("-at", "-id")

    def rows(self, user: Any) -> Any:
        case = self.load(load_case(user, None), pk=self.kwargs["pk"])
        return known_to(user, case, record.timeline([case.ref]))


class Tracks(ListView):
    permission = EVERYBODY
    serializer_class = TrackSerializer
    ordering = ("due_at", "id")

    def rows(self, user: Any) -> Any:
        case = self.load(load_case(user, None), pk=self.kwargs["pk"])
        return tracks_shown(user, case)


class Documents(ListView):
    permission = EVERYBODY
    serializer_class = CaseDocumentSerializer

    def rows(self, user: Any) -> Any:
        case = self.load(load_case(user, None), pk=self.kwargs["pk"])
        return Document.objects.visible_to(user).filter(subject=case.ref)


def _begin(user: Any, number: str, asked: dict[str, Any]) -> Case:
    at = clock.now()
    typed_name, code, items = asked.pop("typed_name"), asked.pop("code"), asked.pop("items", [])
    if rule(asked["kind"]).is_notice:
        return ops.file_resignation(
            employment=_own(user, number),
            requested_last_working_date=asked["requested_last_working_date"],
            reason=asked["reason"],
            typed_name=typed_name,
            code=code,
            kind=asked["kind"],
            items=items,
            by=user,
            at=at,
        )
    ops.refuse_items(asked["kind"], items)
    employment = _of_mine(user, number)
    if asked["kind"] == Kind.PRE_OFFBOARDING:
        return _prepare(user, employment, asked, at)
    starter = Starter.HR if access.has(user, Permission.MANAGE_CASE) else Starter.MANAGER
    asked["ground"] = asked.get("ground", "")
    return ops.request_ending(employment=employment, starter=starter, by=user, at=at, **asked)


def _prepare(user: Any, employment: Employment, asked: dict[str, Any], at: Any) -> Case:
    if not access.has(user, Permission.PREPARE_EXIT):
        raise Forbidden(Permission.PREPARE_EXIT)
    day = asked["requested_last_working_date"] or at.date()
    return ops.prepare_exit(
        employment=employment, expected_last_working_date=day, reason=asked["reason"], by=user, at=at
    )


def _own(user: Any, number: str) -> Employment:
    """Only the person themself gives notice."""
    rows = Employment.objects.filter(person__user=user, employee_number=number)
    return one_of(rows.select_related("person__user", "unit"))


def _of_mine(user: Any, number: str) -> Employment:
    if not access.has(user, Permission.START_CASE):
        raise Forbidden(Permission.START_CASE)
    reach = access.scope(user, Permission.START_CASE, reports="line_manager__person__user", unit="unit__path")
    rows = Employment.objects.filter(reach, employee_number=number)
    return one_of(rows.select_related("person__user", "unit"))


def one_of(rows: Any) -> Employment:
    found: Employment | None = rows.first()
    if found is None:
        raise Http404
    return found


def _refuse_other_submitter(user: Any, case: Case) -> None:
    own = case.employment.person.user_id == user.pk
    if case.is_notice != (own or case.is_sent_by_hr):
        raise Forbidden("not_yours_to_submit")
    if not own:
        access.check(user, Permission.MANAGE_CASE if case.is_notice else Permission.START_CASE, case)

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.parsers import JSONParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from ehr import access, clock
from ehr.api import checked
from ehr.errors import Forbidden, Refused, WrongState

from .. import operations as ops
from ..models import Approval, Case, Track
from ..paper_serializers import ReissueSerializer
from ..permissions import Permission
from ..rules.dates import FourDates
from ..serializers import (
    CaseDocumentSerializer,
    CaseSerializer,
    DatesSerializer,
    DecisionSerializer,
    NudgeSerializer,
    ReasonSerializer,
    RetentionSerializer,
    ShiftsSerializer,
    TrackSerializer,
    TrackWorkSerializer,
    WithdrawalSerializer,
    tracks_shown,
)
from ..views.tracks import DO
from .base import CaseView


class Approvals(CaseView):
    """Decide the step that waits for you."""

    @extend_schema(request=DecisionSerializer, responses=CaseSerializer)
    def post(self, request: Request, pk: UUID) -> Response:
        case = self.others_case(request, pk)
        _refuse_unasked(request.user, case)
        asked = checked(DecisionSerializer, request)
        approval = _approval(request.user, case, asked.pop("approval", None))
        ops.decide(approval=approval, choice=ops.Choice(**asked), by=request.user, at=clock.now())
        return self.fresh(request, case)


class Withdrawal(CaseView):
    """By the person or by HR, whoever's it is; `answer` is HR's consent to what was asked. What was delivered or signed
    by both is taken back by the employee's consent: its scan as the part `consent`, and the day on it."""

    parser_classes = (JSONParser, MultiPartParser)

    @extend_schema(request=WithdrawalSerializer, responses=CaseSerializer)
    def post(self, request: Request, pk: UUID) -> Response:
        case, at = self.case(request, pk, Permission.WITHDRAW_CASE), clock.now()
        asked = checked(WithdrawalSerializer, request)
        own = case.employment.person.user_id == request.user.pk
        if "answer" in asked:
            access.refuse_self(request.user, case.employment.person.user)
            agree = asked["answer"] == "agree"
            ops.answer_withdrawal(case=case, agree=agree, comment=asked["reason"], by=request.user, at=at)
        elif asked["accept_offer"] and own:
            ops.accept_retention(case=case, by=request.user, at=at)
        else:
            ops.withdraw(case=case, reason=asked["reason"], consent=_consent(asked), by=request.user, at=at)
        return self.fresh(request, case)


class Dates(CaseView):
    """GET with dates shows what would move; POST moves it."""

    @extend_schema(parameters=[DatesSerializer], responses=ShiftsSerializer)
    def get(self, request: Request, pk: UUID) -> Response:
        case = self.case(request, pk, Permission.CHANGE_DATES)
        asked = DatesSerializer(data=request.query_params)
        asked.is_valid(raise_exception=True)
        shifts = ops.preview(case, _four(case, asked.validated_data), at=clock.now())
        moves = [{"what": shift.what, "before": shift.before, "after": shift.after} for shift in shifts]
        return Response({"dates": DatesSerializer(case).data, "moves": moves})

    @extend_schema(request=DatesSerializer, responses=CaseSerializer)
    def post(self, request: Request, pk: UUID) -> Response:
        case = self.others_case(request, pk, Permission.CHANGE_DATES)
        to_be = _four(case, checked(DatesSerializer, request))
        ops.change_dates(case=case, dates_to_be=to_be, by=request.user, at=clock.now())
        return self.fresh(request, case)


class Retentions(CaseView):
    @extend_schema(responses=RetentionSerializer(many=True))
    def get(self, request: Request, pk: UUID) -> Response:
        case = self.case(request, pk, Permission.RECORD_RETENTION)
        return Response({"results": RetentionSerializer(case.retentions.order_by("talked_at"), many=True).data})

    @extend_schema(request=RetentionSerializer, responses={201: RetentionSerializer})
    def post(self, request: Request, pk: UUID) -> Response:
        case = self.others_case(request, pk, Permission.RECORD_RETENTION)
        talk = ops.record_retention(case=case, by=request.user, at=clock.now(), **checked(RetentionSerializer, request))
        return Response(RetentionSerializer(talk).data, status.HTTP_201_CREATED)


class TrackWork(CaseView):
    @extend_schema(responses=TrackSerializer)
    def get(self, request: Request, pk: UUID, kind: str) -> Response:
        return Response(TrackSerializer(self._track(request, pk, kind)).data)

    @extend_schema(request=TrackWorkSerializer, responses=TrackSerializer)
    def post(self, request: Request, pk: UUID, kind: str) -> Response:
        track = self._track(request, pk, kind)
        access.refuse_self(request.user, track.case.employment.person.user)
        if not Track.objects.workable_by(request.user).filter(pk=track.pk).exists():
            raise Forbidden("not_your_track")
        asked = checked(TrackWorkSerializer, request)
        DO[asked["action"]](track, asked, by=request.user, at=clock.now())
        track.refresh_from_db()
        return Response(TrackSerializer(track).data)

    def _track(self, request: Request, pk: UUID, kind: str) -> Track:
        case = self.case(request, pk)
        track: Track = self.load(tracks_shown(request.user, case), kind=kind)
        track.case = case
        return track


class Nudges(CaseView):
    """Remind everybody whom this exit waits for; at most every four hours."""

    @extend_schema(request=None, responses={201: NudgeSerializer})
    def post(self, request: Request, pk: UUID) -> Response:
        case = self.case(request, pk, Permission.NUDGE)
        people = ops.nudge(case=case, by=request.user, at=clock.now())
        return Response({"people": people}, status.HTTP_201_CREATED)


class Telling(CaseView):
    @extend_schema(request=None, responses=CaseSerializer)
    def post(self, request: Request, pk: UUID) -> Response:
        case = _managed(self, request, pk)
        ops.tell_in_person(case=case, by=request.user, at=clock.now())
        return self.fresh(request, case)


class Notice(CaseView):
    """The notice of termination: numbered now, sealed by a document clerk, hidden from its person until told."""

    @extend_schema(request=ReissueSerializer, responses={201: CaseDocumentSerializer})
    def post(self, request: Request, pk: UUID) -> Response:
        case = _managed(self, request, pk)
        asked = checked(ReissueSerializer, request)
        given, bilingual = asked["fields_given"], asked["bilingual"]
        paper = ops.issue_notice(case=case, given=given, bilingual=bilingual, by=request.user, at=clock.now())
        return Response(CaseDocumentSerializer(paper).data, status.HTTP_201_CREATED)


class Cancellation(CaseView):
    @extend_schema(request=ReasonSerializer, responses=CaseSerializer)
    def post(self, request: Request, pk: UUID) -> Response:
        case = _managed(self, request, pk)
        ops.cancel_case(case=case, by=request.user, at=clock.now(), **checked(ReasonSerializer, request))
        return self.fresh(request, case)


def _managed(view: CaseView, request: Request, pk: UUID) -> Case:
    return view.others_case(request, pk, Permission.MANAGE_CASE)


def _consent(asked: dict[str, Any]) -> ops.Consent | None:
    upload = asked["consent"]
    if upload is None:
        return None
    return ops.Consent(signed_on=asked["signed_on"], scan=ops.Scan(name=upload.name, size=upload.size, content=upload))


def _refuse_unasked(user: Any, case: Case) -> None:
    if not Approval.objects.of(user).filter(step__case=case).exists():
        raise Forbidden("not_your_step")


def _approval(user: Any, case: Case, pk: UUID | None) -> Approval:
    """The one that waits for this person; a decided one of theirs answers 409 with who and when."""
    rows = Approval.objects.filter(step__case=case).select_related("step__chain_step", "step__case", "approver")
    mine = rows.of(user)
    found = mine.filter(pk=pk).first() if pk else mine.pending().first() or mine.order_by("-decided_at").first()
    if found is None:
        raise WrongState(_("Nothing waits for a decision here."), allowed=case.actions())
    found.step.case = case
    return found


def _four(case: Case, asked: dict[str, Any]) -> FourDates:
    if case.filed_date is None:
        raise WrongState(_("Not filed yet."), allowed=case.actions())
    day = asked.get("last_working_date")
    if day is None:
        raise Refused("B_DATE_MISSING", _("Give the last working day."), field="last_working_date")
    ends = asked.get("termination_date", day)
    return FourDates(
        filed_date=case.filed_date,
        last_working_date=day,
        termination_date=ends,
        paid_until_date=asked.get("paid_until_date", ends),
    )

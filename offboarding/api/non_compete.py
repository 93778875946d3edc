"""A non-compete over the API: decided, looked at, ended early. The amount is null for whoever neither decides on it nor
may see pay; where nothing was agreed it tells of the average wage, so it is null for whoever may not see pay."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from ehr import clock
from ehr.api import ApiView, checked
from employees.permissions import EmployeePermission

from .. import may
from .. import operations as ops
from ..law_serializers import OutcomeSerializer
from ..models import Case, NonCompete, NonCompeteBasis
from ..permissions import Permission
from ..queries.non_compete import clause_of, penalty_of, undecided
from ..rules import non_compete as rules
from .base import CaseView


class NonCompeteSerializer(serializers.ModelSerializer[NonCompete]):
    monthly = serializers.SerializerMethodField()
    formula = serializers.SerializerMethodField(help_text="How the amount comes about where none was agreed (JI1 36).")
    penalty = serializers.SerializerMethodField(help_text="Agreed for a breach; null for whoever may not know it.")
    codes = serializers.SerializerMethodField()
    decided_by = serializers.CharField(source="decided_by.username", default=None, read_only=True)

    class Meta:
        model = NonCompete
        fields = [
            *("id", "state", "basis", "months", "monthly", "formula", "penalty", "codes", "from_date", "until_date"),
            *("decided_by", "decided_at", "ended_date"),
        ]

    def get_monthly(self, clause: NonCompete) -> str | None:
        return clause.monthly if self.context["sees_amount"] else None

    def get_formula(self, clause: NonCompete) -> str | None:
        return clause.formula if self.context["sees_amount"] else None

    def get_penalty(self, clause: NonCompete) -> str | None:
        return clause.penalty if self.context["sees_penalty"] else None

    def get_codes(self, clause: NonCompete) -> list[str]:
        return rules.told(clause.codes, sees_pay=self.context["sees_pay"])


class ClauseSerializer(serializers.Serializer[Any]):
    decision = serializers.ChoiceField(choices=["activate", "waive", "none"])
    basis = serializers.ChoiceField(choices=NonCompeteBasis.choices, required=False, default="", allow_blank=True)
    months = serializers.IntegerField(min_value=1, max_value=120, required=False, default=0)
    monthly = serializers.DecimalField(
        max_digits=12, decimal_places=2, min_value=0, required=False, default=None, allow_null=True
    )
    penalty = serializers.DecimalField(
        max_digits=14, decimal_places=2, min_value=0, required=False, default=None, allow_null=True
    )
    reason = serializers.CharField(max_length=1000, required=False, default="", allow_blank=True)

    def validate(self, asked: dict[str, Any]) -> dict[str, Any]:
        if asked["decision"] == "activate" and not asked["months"]:
            raise serializers.ValidationError({"months": "Say for how many months."})
        return asked


class NoClausesSerializer(serializers.Serializer[Any]):
    cases = serializers.ListField(child=serializers.UUIDField(), min_length=1, max_length=200)


class EndingSerializer(serializers.Serializer[Any]):
    state = serializers.ChoiceField(choices=["released", "freed", "died"])
    day = serializers.DateField()


class _NonCompete(CaseView):
    permission = Permission.VIEW_OBLIGATIONS

    def clause(self, case: Case) -> NonCompete:
        found = clause_of(case)
        return found if found is not None else self.load(NonCompete.objects.none(), pk=case.pk)  # type: ignore[no-any-return]

    def answer(self, request: Request, clause: NonCompete, code: int = status.HTTP_200_OK) -> Response:
        seen = {
            "sees_pay": may.may(request.user, EmployeePermission.VIEW_PAY, clause.case),
            "sees_penalty": penalty_of(request.user, clause) is not None,
            "sees_amount": may.sees_non_compete_pay(request.user, clause),
        }
        return Response(NonCompeteSerializer(clause, context=seen).data, code)


class NonCompeteDetail(_NonCompete):
    @extend_schema(responses=NonCompeteSerializer)
    def get(self, request: Request, pk: UUID) -> Response:
        case = self.others_case(request, pk, Permission.VIEW_OBLIGATIONS)
        return self.answer(request, self.clause(case))

    @extend_schema(request=ClauseSerializer, responses={201: NonCompeteSerializer})
    def post(self, request: Request, pk: UUID) -> Response:
        case = self.others_case(request, pk, Permission.DECIDE_NON_COMPETE)
        asked, at = checked(ClauseSerializer, request), clock.now()
        decision = asked.pop("decision")
        decided = ops.decide_non_compete(
            case=case, decision=decision, clause=ops.Clause(**asked), by=request.user, at=at
        )
        return self.answer(request, decided, status.HTTP_201_CREATED)


class NoClauses(ApiView):
    """POST: nothing was agreed with any of these, each for itself. One that is not yours to decide on is left out."""

    permission = Permission.DECIDE_NON_COMPETE

    @extend_schema(request=NoClausesSerializer, responses=OutcomeSerializer(many=True))
    def post(self, request: Request) -> Response:
        cases = undecided(request.user).filter(pk__in=checked(NoClausesSerializer, request)["cases"])
        told = ops.do_many(action="no_clause", cases=cases, by=request.user, at=clock.now())
        return Response({"results": OutcomeSerializer(told, many=True).data})


class Ending(_NonCompete):
    @extend_schema(request=EndingSerializer, responses=NonCompeteSerializer)
    def post(self, request: Request, pk: UUID) -> Response:
        case = self.others_case(request, pk, Permission.DECIDE_NON_COMPETE)
        clause = self.clause(case)
        ops.end_non_compete(clause=clause, by=request.user, at=clock.now(), **checked(EndingSerializer, request))
        return self.answer(request, clause)

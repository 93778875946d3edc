"""Disputes over the API: the register, one exit's, recorded and followed; and their rate."""

from typing import Any
from uuid import UUID

import django_filters
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from ehr import access, clock
from ehr.api import ApiView, ListView, checked

from .. import operations as ops
from ..models import Case, Dispute, DisputeAbout, DisputeBody, DisputeOutcome
from ..permissions import Permission
from ..queries import disputes as queries
from .base import CaseView


class NextStepSerializer(serializers.Serializer[Any]):
    side = serializers.CharField(help_text="employer, person or either; the person's days run from their own receipt.")
    way = serializers.CharField(help_text="sue, appeal or set_aside.")
    until = serializers.DateField()
    article = serializers.CharField()


class DisputeSerializer(serializers.ModelSerializer[Dispute]):
    case = serializers.UUIDField(source="case_id", read_only=True)
    number = serializers.CharField(source="case.number", read_only=True)
    claim = serializers.CharField(read_only=True, allow_null=True)
    awarded = serializers.CharField(read_only=True, allow_null=True)
    next_steps = serializers.SerializerMethodField(help_text="What can be done against the decision, until when.")

    class Meta:
        model = Dispute
        fields = [
            *("id", "case", "number", "nth", "about", "body", "office", "reference", "filed_date", "received_date"),
            *("hearing_date", "decided_date", "is_final", "outcome", "claim", "awarded", "edition"),
            "next_steps",
        ]

    @extend_schema_field(NextStepSerializer(many=True))
    def get_next_steps(self, row: Dispute) -> Any:
        return NextStepSerializer(queries.steps_of(row), many=True).data


class DisputeFactsSerializer(serializers.Serializer[Any]):
    about = serializers.ChoiceField(choices=DisputeAbout.choices)
    body = serializers.ChoiceField(choices=DisputeBody.choices)
    filed_date = serializers.DateField()
    office = serializers.CharField(max_length=120, required=False, default="", allow_blank=True)
    reference = serializers.CharField(max_length=80, required=False, default="", allow_blank=True)
    received_date = serializers.DateField(required=False, default=None, allow_null=True)
    hearing_date = serializers.DateField(required=False, default=None, allow_null=True)
    decided_date = serializers.DateField(required=False, default=None, allow_null=True)
    is_final = serializers.BooleanField(required=False, default=False)
    outcome = serializers.ChoiceField(choices=DisputeOutcome.choices, required=False, default="", allow_blank=True)
    claim = serializers.DecimalField(
        max_digits=12, decimal_places=2, min_value=0, required=False, default=None, allow_null=True
    )
    awarded = serializers.DecimalField(
        max_digits=12, decimal_places=2, min_value=0, required=False, default=None, allow_null=True
    )
    note = serializers.CharField(max_length=2000, required=False, default="", allow_blank=True)


class DisputeChangesSerializer(DisputeFactsSerializer):
    """What is left out stays as it is."""

    edition = serializers.IntegerField(min_value=1, help_text="The one that was read; 409 if there is a newer one.")

    def get_fields(self) -> dict[str, Any]:
        fields = super().get_fields()
        for name in fields.keys() - {"edition"}:
            fields[name].required, fields[name].default = False, serializers.empty
        return fields


class RateSerializer(serializers.Serializer[Any]):
    label = serializers.CharField()
    exits = serializers.IntegerField()
    disputes = serializers.IntegerField()
    per_hundred = serializers.DecimalField(max_digits=8, decimal_places=1, allow_null=True)


class RatesSerializer(serializers.Serializer[Any]):
    since = serializers.DateField()
    whole = RateSerializer()
    by_ground = RateSerializer(many=True)
    by_unit = RateSerializer(many=True)


class DisputeFilter(django_filters.FilterSet):
    class Meta:
        model = Dispute
        fields = ["about", "body", "outcome"]


class Disputes(ListView):
    permission = Permission.VIEW_DISPUTES
    serializer_class = DisputeSerializer
    filterset_class = DisputeFilter
    ordering = queries.ORDER

    def rows(self, user: Any) -> Any:
        return Dispute.objects.visible_to(user).for_rows()


class DisputeRates(ApiView):
    """Disputes per hundred exits of the last twelve months."""

    permission = Permission.VIEW_DISPUTES

    @extend_schema(responses=RatesSerializer)
    def get(self, request: Request) -> Response:
        found = queries.register(request.user, state="", cursor="", today=clock.today())
        return Response(RatesSerializer(found).data)


class _CaseDisputes(CaseView):
    permission = Permission.VIEW_DISPUTES

    def rows(self, request: Request, case: Case) -> Any:
        return Dispute.objects.visible_to(request.user).for_rows().filter(case=case)


class CaseDisputes(_CaseDisputes):
    @extend_schema(responses=DisputeSerializer(many=True))
    def get(self, request: Request, pk: UUID) -> Response:
        rows = self.rows(request, self.others_case(request, pk, Permission.VIEW_DISPUTES)).order_by("nth")
        return Response({"results": DisputeSerializer(rows, many=True).data})

    @extend_schema(request=DisputeFactsSerializer, responses={201: DisputeSerializer})
    def post(self, request: Request, pk: UUID) -> Response:
        case = self.others_case(request, pk, Permission.RECORD_DISPUTE)
        facts = ops.DisputeFacts(**checked(DisputeFactsSerializer, request))
        row = ops.record_dispute(case=case, facts=facts, by=request.user, at=clock.now())
        return Response(DisputeSerializer(row).data, status.HTTP_201_CREATED)


class DisputeDetail(_CaseDisputes):
    """POST writes on: what is left out stays as it is."""

    @extend_schema(responses=DisputeSerializer)
    def get(self, request: Request, pk: UUID, nth: int) -> Response:
        return Response(DisputeSerializer(self.dispute(request, pk, nth)).data)

    @extend_schema(operation_id="cases_disputes_follow", request=DisputeChangesSerializer, responses=DisputeSerializer)
    def post(self, request: Request, pk: UUID, nth: int) -> Response:
        row = self.dispute(request, pk, nth)
        access.check(request.user, Permission.RECORD_DISPUTE, row)
        changes = checked(DisputeChangesSerializer, request)
        edition = changes.pop("edition")
        ops.follow_dispute(dispute=row, edition=edition, said=changes, by=request.user, at=clock.now())
        return Response(DisputeSerializer(row).data)

    def dispute(self, request: Request, pk: UUID, nth: int) -> Dispute:
        case = self.others_case(request, pk)
        row: Dispute = self.load(self.rows(request, case), nth=nth)
        row.case = case
        return row

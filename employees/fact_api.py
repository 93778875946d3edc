"""Facts, contracts and earlier service of one file, by the API."""

from uuid import UUID

from django.db.models import Prefetch
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from ehr import clock
from ehr.access import check
from ehr.api import ApiView, checked

from . import keeping
from .fact_serializers import (
    ContractChangeSerializer,
    FactsChangeSerializer,
    FactsSerializer,
    KeptContractSerializer,
    NewContractSerializer,
    NewPriorSegmentSerializer,
    PayChangeSerializer,
    PriorSegmentSerializer,
)
from .models import Contract, Employment, PriorSegment
from .models.employment_query import HEAVY
from .permissions import EmployeePermission as P


class _FileView(ApiView):
    permission = P.CHANGE_EMPLOYMENT

    def file(self, request: Request, pk: UUID, permission: str = P.CHANGE_EMPLOYMENT) -> Employment:
        rows = Employment.objects.visible_to(request.user, permission).select_related("person__user")
        found: Employment = self.load(rows.defer(*HEAVY[:2]), pk=pk)
        return found


class EmploymentFacts(_FileView):
    """What the law asks of a file. PATCH names the `version` that was read; a newer one answers 409."""

    permissions = {"GET": P.VIEW_EMPLOYMENT_FACTS, "PATCH": P.CHANGE_EMPLOYMENT}

    @extend_schema(responses=FactsSerializer)
    def get(self, request: Request, pk: UUID) -> Response:
        return self._answer(request, pk)

    @extend_schema(request=FactsChangeSerializer, responses=FactsSerializer)
    def patch(self, request: Request, pk: UUID) -> Response:
        employment = self.file(request, pk)
        said = checked(FactsChangeSerializer, request)
        keeping.change_facts(employment=employment, by=request.user, at=clock.now(), **said)
        return self._answer(request, pk)

    def _answer(self, request: Request, pk: UUID) -> Response:
        rows = Employment.objects.visible_to(request.user, P.VIEW_EMPLOYMENT_FACTS).select_related("person")
        contracts = Prefetch("contracts", queryset=Contract.objects.order_by("nth"))
        segments = Prefetch("prior_segments", queryset=PriorSegment.objects.order_by("start_date"))
        return Response(FactsSerializer(self.load(rows.prefetch_related(contracts, segments), pk=pk)).data)


class EmploymentPay(_FileView):
    """Corrects the pay a month. It answers nothing: looking at pay needs a purpose."""

    @extend_schema(request=PayChangeSerializer, responses={204: None})
    def put(self, request: Request, pk: UUID) -> Response:
        employment = self.file(request, pk)
        check(request.user, P.VIEW_PAY, employment)
        keeping.correct_pay(
            employment=employment, by=request.user, at=clock.now(), **checked(PayChangeSerializer, request)
        )
        return Response(status=status.HTTP_204_NO_CONTENT)


class EmploymentEnding(_FileView):
    """DELETE: an import named an exit day by mistake. What an exit has ended answers 409."""

    @extend_schema(responses={204: None})
    def delete(self, request: Request, pk: UUID) -> Response:
        keeping.take_back_ending(employment=self.file(request, pk), by=request.user, at=clock.now())
        return Response(status=status.HTTP_204_NO_CONTENT)


class EmploymentContracts(_FileView):
    @extend_schema(request=NewContractSerializer, responses={201: KeptContractSerializer})
    def post(self, request: Request, pk: UUID) -> Response:
        employment = self.file(request, pk)
        said = checked(NewContractSerializer, request)
        row = keeping.add_contract(employment=employment, by=request.user, at=clock.now(), **said)
        return Response(KeptContractSerializer(row).data, status.HTTP_201_CREATED)


class EmploymentContract(_FileView):
    """PATCH names the `version` of the contract that was read; a newer one answers 409."""

    @extend_schema(request=ContractChangeSerializer, responses=KeptContractSerializer)
    def patch(self, request: Request, pk: UUID, contract_pk: UUID) -> Response:
        rows = Contract.objects.select_related("employment__person__user")
        contract = self.load(rows, pk=contract_pk, employment=self.file(request, pk))
        said = checked(ContractChangeSerializer, request)
        keeping.correct_contract(contract=contract, by=request.user, at=clock.now(), **said)
        return Response(KeptContractSerializer(Contract.objects.get(pk=contract.pk)).data)


class EmploymentPriorSegments(_FileView):
    @extend_schema(request=NewPriorSegmentSerializer, responses={201: PriorSegmentSerializer})
    def post(self, request: Request, pk: UUID) -> Response:
        employment = self.file(request, pk)
        said = checked(NewPriorSegmentSerializer, request)
        row = keeping.add_prior_segment(employment=employment, by=request.user, at=clock.now(), **said)
        return Response(PriorSegmentSerializer(row).data, status.HTTP_201_CREATED)


class EmploymentPriorSegment(_FileView):
    """DELETE: it was entered in error. That it stood there stays on record."""

    @extend_schema(responses={204: None})
    def delete(self, request: Request, pk: UUID, segment_pk: UUID) -> Response:
        rows = PriorSegment.objects.select_related("employment__person__user")
        segment = self.load(rows, pk=segment_pk, employment=self.file(request, pk))
        keeping.remove_prior_segment(segment=segment, by=request.user, at=clock.now())
        return Response(status=status.HTTP_204_NO_CONTENT)

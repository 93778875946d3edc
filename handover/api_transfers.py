"""The transfer plan of a handover, for other systems."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from ehr import clock
from ehr.api import ApiView, checked
from ehr.errors import Refused
from ehr.identity.models import User
from handover import operations, serializers
from handover.models import Handover, Transfer, TransferLine
from handover.permissions import Permission


class OfTransfer(ApiView):
    permission = Permission.TRANSFER_WORK
    serializer_class = serializers.TransferSerializer

    def handover(self, request: Request, pk: UUID) -> Handover:
        rows = Handover.objects.visible_to(request.user, Permission.TRANSFER_WORK)  # type: ignore[arg-type]
        return self.load(rows.for_page(), pk=pk)  # type: ignore[no-any-return]

    def plan(self, request: Request, pk: UUID) -> Transfer:
        rows = Transfer.objects.filter(handover=self.handover(request, pk)).select_related("handover")
        return self.load(rows.prefetch_related("lines__to"), handover_id=pk)  # type: ignore[no-any-return]

    def answer(self, request: Request, pk: UUID, code: int = 200) -> Response:
        return Response(serializers.TransferSerializer(self.plan(request, pk)).data, status=code)


class TransferPlan(OfTransfer):
    """POST looks up what is in flight; again until it is confirmed."""

    def get(self, request: Request, pk: UUID) -> Response:
        return self.answer(request, pk)

    @extend_schema(request=None, responses={201: serializers.TransferSerializer})
    def post(self, request: Request, pk: UUID) -> Response:
        handover = self.handover(request, pk)
        operations.propose_transfer(handover=handover, by=request.user, at=clock.now())  # type: ignore[arg-type]
        return self.answer(request, pk, status.HTTP_201_CREATED)


class TransferLineDetail(OfTransfer):
    """{to}: the login name of who takes it. After the set time it moves at once."""

    @extend_schema(request=serializers.TakerSerializer, responses=serializers.TransferSerializer)
    def post(self, request: Request, pk: UUID, line_pk: UUID) -> Response:
        rows = TransferLine.objects.filter(transfer=self.plan(request, pk)).select_related("transfer__handover")
        line: TransferLine = self.load(rows, pk=line_pk)
        username = checked(serializers.TakerSerializer, request)["to"]
        to = User.objects.with_full_access().filter(username=username).first()
        if to is None:
            raise Refused("nobody", "Nobody with this name may sign in.", field="to")
        operations.choose_taker(line=line, to=to, by=request.user, at=clock.now())  # type: ignore[arg-type]
        return self.answer(request, pk)


class TransferConfirmation(OfTransfer):
    @extend_schema(request=None, responses=serializers.TransferSerializer)
    def post(self, request: Request, pk: UUID) -> Response:
        operations.confirm_transfer(plan=self.plan(request, pk), by=request.user, at=clock.now())  # type: ignore[arg-type]
        return self.answer(request, pk)

"""Accounts by the API: the list, opening many, locking, and the letter with which a password is set."""

from typing import Any
from uuid import UUID

import django_filters
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from ehr import access, clock
from ehr.api import ApiView, DetailView, ListView, understood
from ehr.identity.models import User

from .account_serializers import AccountRunSerializer, AccountSerializer, OpeningSerializer, StandingSerializer
from .accounts import ask_for, invite, standing
from .accounts.standing import Standing
from .models import AccountRun, Employment
from .permissions import EmployeePermission as P


class AccountFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(method="search")
    standing = django_filters.ChoiceFilter(choices=Standing.choices, method="stands")

    class Meta:
        model = Employment
        fields = ("q", "standing")

    def search(self, rows: Any, _name: str, text: str) -> Any:
        return rows.search(text)

    def stands(self, rows: Any, _name: str, value: str) -> Any:
        return standing.filtered(rows, value)


class AccountList(ListView):
    """People and how they stand with signing in. POST `employee_numbers` or `everybody`: the worker opens
    the accounts; ask the answer's address for news."""

    permission = P.MANAGE_ACCOUNTS
    serializer_class = AccountSerializer
    filterset_class = AccountFilter
    ordering = "employee_number"

    def rows(self, user: Any) -> QuerySet[Employment]:
        return standing.filtered(Employment.objects.visible_to(user, P.MANAGE_ACCOUNTS), "").for_accounts()

    @extend_schema(request=OpeningSerializer, responses={202: AccountRunSerializer})
    def post(self, request: Request) -> Response:
        asked = understood(OpeningSerializer, request, context={"request": request})
        run = ask_for(asked.chosen(), with_letters=asked.validated_data["letters"], by=request.user, at=clock.now())
        address = f"/api/v1/accounts/openings/{run.pk}/"
        return Response(AccountRunSerializer(run).data, status=202, headers={"Location": address})


class AccountOpening(DetailView):
    permission = P.MANAGE_ACCOUNTS
    serializer_class = AccountRunSerializer

    def rows(self, user: Any) -> QuerySet[AccountRun]:
        return AccountRun.objects.visible_to(user)


class AccountAct(ApiView):
    """POST; 409 when the account is not in a state that allows it."""

    permission = P.MANAGE_ACCOUNTS

    @extend_schema(request=None, responses=StandingSerializer)
    def post(self, request: Request, pk: UUID) -> Response:
        user = self.load(standing.accounts_visible_to(request.user), pk=pk)
        self.act(user, request.user)
        return Response({"id": str(user.pk), "standing": standing.standing_of(user)})

    def act(self, user: User, by: Any) -> None:
        raise TypeError(f"{type(self).__name__} does nothing")


class AccountLocking(AccountAct):
    """POST: signed out everywhere, and no way back in until it is unlocked."""

    def act(self, user: User, by: Any) -> None:
        access.refuse_self(by, user)
        user.lock(by=by, at=clock.now())


class AccountUnlocking(AccountAct):
    def act(self, user: User, by: Any) -> None:
        access.refuse_self(by, user)
        user.unlock(by=by, at=clock.now())


class AccountLetters(AccountAct):
    """POST: a link with which the person sets a password goes to the mail address on file."""

    def act(self, user: User, by: Any) -> None:
        invite(user, by=by, at=clock.now())

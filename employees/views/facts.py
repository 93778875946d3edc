"""The facts of one file: read by who may, changed by who keeps it, and never by the person."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ehr import access, clock
from ehr.once import once

from .. import keeping
from ..fact_forms import ContractForm, FactsForm, PayForm, PriorServiceForm
from ..models import Contract, Employment, PriorSegment
from ..models.employment_query import HEAVY
from ..permissions import EmployeePermission as P
from ..tabs import FACTS, tabs_of


@require_http_methods(["GET", "POST"])
@access.requires(P.VIEW_EMPLOYMENT_FACTS)
@once
def facts(request: HttpRequest, pk: UUID) -> HttpResponse:
    if request.method != "POST":
        return _page(request, _file(request, pk, P.VIEW_EMPLOYMENT_FACTS))
    employment, at = _file(request, pk, P.CHANGE_EMPLOYMENT), clock.now()
    form = FactsForm(request.POST)
    status = form.change(
        lambda said: keeping.change_facts(employment=employment, by=request.user, at=at, **said),
        on_file=lambda: keeping.facts_on_file(_file(request, pk, P.CHANGE_EMPLOYMENT)),
    )
    if status != 302:
        return _page(request, _file(request, pk, P.CHANGE_EMPLOYMENT), status=status, form=form)
    return _noted(request, employment, form.result)


@require_POST
@access.requires(P.CHANGE_EMPLOYMENT)
@once
def pay(request: HttpRequest, pk: UUID) -> HttpResponse:
    employment, at = _file(request, pk, P.CHANGE_EMPLOYMENT), clock.now()
    access.check(request.user, P.VIEW_PAY, employment)
    form = PayForm(request.POST)
    if form.attempt(lambda said: keeping.correct_pay(employment=employment, by=request.user, at=at, **said)):
        return _noted(request, employment, form.result)
    return _page(request, employment, status=422, pay_form=form)


@require_POST
@access.requires(P.CHANGE_EMPLOYMENT)
@once
def ending_removal(request: HttpRequest, pk: UUID) -> HttpResponse:
    employment = _file(request, pk, P.CHANGE_EMPLOYMENT)
    keeping.take_back_ending(employment=employment, by=request.user, at=clock.now())
    return _noted(request, employment, True)


@require_POST
@access.requires(P.CHANGE_EMPLOYMENT)
@once
def contracts(request: HttpRequest, pk: UUID) -> HttpResponse:
    form = ContractForm(request.POST, auto_id="contract_%s")
    return _added(request, pk, form, keeping.add_contract, name="contract_form")


@require_http_methods(["GET", "POST"])
@access.requires(P.CHANGE_EMPLOYMENT)
@once
def contract(request: HttpRequest, pk: UUID, contract_pk: UUID) -> HttpResponse:
    employment, at = _file(request, pk, P.CHANGE_EMPLOYMENT), clock.now()
    rows = Contract.objects.select_related("employment__person__user")
    found = get_object_or_404(rows, pk=contract_pk, employment=pk)
    if request.method != "POST":
        access.refuse_self(request.user, employment.person.user)
        initial = keeping.terms_on_file(found) | {"version": keeping.terms_version(found)}
        return _contract_page(request, found, ContractForm(initial=initial))
    form = ContractForm(request.POST)
    status = form.change(
        lambda said: keeping.correct_contract(contract=found, by=request.user, at=at, **said),
        on_file=lambda: keeping.terms_on_file(rows.get(pk=contract_pk)),
    )
    if status != 302:
        return _contract_page(request, rows.get(pk=contract_pk), form, status=status)
    return _noted(request, employment, form.result)


@require_POST
@access.requires(P.CHANGE_EMPLOYMENT)
@once
def prior_service(request: HttpRequest, pk: UUID) -> HttpResponse:
    form = PriorServiceForm(request.POST, auto_id="prior_%s")
    return _added(request, pk, form, keeping.add_prior_segment, name="prior_form")


@require_POST
@access.requires(P.CHANGE_EMPLOYMENT)
@once
def prior_service_removal(request: HttpRequest, pk: UUID, segment_pk: UUID) -> HttpResponse:
    employment = _file(request, pk, P.CHANGE_EMPLOYMENT)
    rows = PriorSegment.objects.select_related("employment__person__user")
    segment = get_object_or_404(rows, pk=segment_pk, employment=pk)
    keeping.remove_prior_segment(segment=segment, by=request.user, at=clock.now())
    return _noted(request, employment, True)


def _file(request: HttpRequest, pk: UUID, permission: str) -> Employment:
    rows = Employment.objects.visible_to(request.user, permission).select_related("person__user", "unit", "employer")
    return get_object_or_404(rows.defer(*HEAVY[:2]), pk=pk)


def _added(request: HttpRequest, pk: UUID, form: Any, add: Callable[..., Any], *, name: str) -> HttpResponse:
    employment, at = _file(request, pk, P.CHANGE_EMPLOYMENT), clock.now()
    if form.attempt(lambda said: add(employment=employment, by=request.user, at=at, **_without_version(said))):
        return _noted(request, employment, True)
    return _page(request, employment, status=422, **{name: form})


def _without_version(said: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in said.items() if name != "version"}


def _noted(request: HttpRequest, employment: Employment, changed: Any) -> HttpResponse:
    messages.success(request, _("Noted in the file.") if changed else _("Nothing was changed."))
    return redirect(FACTS.url, pk=employment.pk)


def _page(request: HttpRequest, employment: Employment, *, status: int = 200, **forms: Any) -> HttpResponse:
    contracts = list(employment.contracts.order_by("-nth"))
    version = keeping.facts_version(employment)
    context = {
        "employment": employment,
        "tabs": tabs_of(employment, reader=request.user, current=FACTS.url),
        "may_change": _may_change(request, employment),
        "form": FactsForm(initial=keeping.facts_on_file(employment) | {"version": version}),
        "pay_form": PayForm() if employment.is_current and access.has(request.user, P.VIEW_PAY) else None,
        "is_ended_by_file": keeping.is_ended_by_file(employment),
        "contracts": contracts,
        "contract_form": ContractForm(initial={"nth": _next(contracts)}, auto_id="contract_%s"),
        "segments": list(employment.prior_segments.order_by("start_date")),
        "prior_form": PriorServiceForm(auto_id="prior_%s"),
    }
    return render(request, "employees/facts.html", context | forms, status=status)


def _next(contracts: list[Contract]) -> int:
    return contracts[0].nth + 1 if contracts else 1


def _may_change(request: HttpRequest, employment: Employment) -> bool:
    if employment.person.user_id == request.user.pk:
        return False
    return Employment.objects.visible_to(request.user, P.CHANGE_EMPLOYMENT).filter(pk=employment.pk).exists()


def _contract_page(request: HttpRequest, found: Contract, form: ContractForm, *, status: int = 200) -> HttpResponse:
    context = {"contract": found, "employment": found.employment, "form": form}
    return render(request, "employees/contract.html", context, status=status)

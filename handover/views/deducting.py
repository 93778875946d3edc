"""What the handovers of a period take from the results of their heads, and the rule that this rests on."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ehr import access, clock
from ehr.errors import Refused
from ehr.once import once
from handover import operations, queries, words
from handover.forms import DeductionRuleForm
from handover.models import DeductionRule
from handover.permissions import Permission
from performance.models import Scorecard
from performance.permissions import PerformancePermission

ADJUST = PerformancePermission.ADJUST_RESULT


@require_GET
@access.requires(ADJUST)
def deductions(request: HttpRequest) -> HttpResponse:
    """?period=2026-05, or a quarter; the month that ended last without one."""
    period = request.GET.get("period", "").strip() or queries.last_month(clock.today())
    rows = queries.deductions(request.user, period=period)
    context = {"rows": rows, "period": period, "rule": queries.rule_in_force()}
    return render(request, "handover/deductions.html", context)


@require_http_methods(["GET", "POST"])
@access.requires(ADJUST)
@once
def deduction(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Of one scorecard: the figures, what stands behind them, and the button that takes it."""
    cards = Scorecard.objects.visible_to(request.user, ADJUST).with_person()  # type: ignore[arg-type]
    card = get_object_or_404(cards.select_related("employment__person__user", "employment__data_key"), pk=pk)
    problem = None
    if request.method == "POST":
        try:
            operations.deduct(card=card, by=request.user, at=clock.now())  # type: ignore[arg-type]
        except Refused as refused:
            problem = refused
        else:
            messages.success(request, _("The line is in the result, and the person has been told."))
            return redirect("handover:deduction", pk)
    (row,) = queries.of_cards([card])
    context = {
        "row": row,
        "lines": words.of_deduction(row.counted) if row.counted else [],
        "behind": queries.handovers_behind(card),
        "rule": queries.rule_in_force(),
        "problem": problem,
    }
    return render(request, "handover/deduction.html", context, status=422 if problem else 200)


@require_http_methods(["GET", "POST"])
@access.requires(Permission.SET_DEDUCTION)
@once
def deduction_rule(request: HttpRequest) -> HttpResponse:
    form, at = DeductionRuleForm(request.POST or None), clock.now()
    if request.method == "POST" and form.attempt(
        lambda said: operations.set_deduction_rule(**said, by=request.user, at=at)
    ):
        messages.success(request, _("In force for periods that begin after it was announced."))
        return redirect("handover:deduction_rule")
    context = {"form": form, "rule": queries.rule_in_force(), "before": queries.rules_before()}
    return render(request, "handover/deduction_rule.html", context, status=422 if request.method == "POST" else 200)


@require_POST
@access.requires(Permission.SET_DEDUCTION)
@once
def deduction_rule_ending(request: HttpRequest, pk: UUID) -> HttpResponse:
    get_object_or_404(DeductionRule, pk=pk).end(by=request.user, at=clock.now())  # type: ignore[arg-type]
    messages.success(request, _("Nothing is deducted any more; what was deducted stays."))
    return redirect("handover:deduction_rule")

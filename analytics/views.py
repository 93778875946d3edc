from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from analytics import queries
from analytics.forms import CloseAlertForm, ScoringForm
from analytics.models import Alert, Scoring
from analytics.permissions import Permission
from ehr import access, clock
from ehr.access import requires
from ehr.once import once
from employees.models import Employment


@require_GET
@requires(Permission.VIEW_RISK)
def risks(request: HttpRequest) -> HttpResponse:
    lines, following = queries.risk_page(request.user, cursor=request.GET.get("after", ""))
    context = {"lines": lines, "next": following, "scoring": Scoring.current(), "close_form": CloseAlertForm()}
    return render(request, "analytics/risks.html", context)


@require_GET
@requires(Permission.VIEW_RISK)
def risk_panel(request: HttpRequest, pk: str) -> HttpResponse:
    employment = get_object_or_404(Employment.objects.visible_to(request.user, Permission.VIEW_RISK), pk=pk)
    line = queries.latest_of(request.user, employment.pk)
    return render(request, "analytics/_risk.html", {"line": line, "scoring": Scoring.current()})


@require_POST
@requires(Permission.CLOSE_ALERT)
@once
def alert_outcome(request: HttpRequest, pk: str) -> HttpResponse:
    alert = get_object_or_404(Alert.objects.visible_to(request.user), pk=pk)
    access.check(request.user, Permission.CLOSE_ALERT, alert)
    form = CloseAlertForm(request.POST)
    if not form.is_valid():
        return HttpResponse(status=422)
    alert.close(outcome=form.cleaned_data["outcome"], by=request.user, at=clock.now())
    return redirect("analytics:risks")


@require_http_methods(["GET", "POST"])
@requires(Permission.SWITCH_SCORING)
def scoring(request: HttpRequest) -> HttpResponse:
    current = Scoring.current()
    form = ScoringForm(request.POST or None, instance=current)
    if request.method == "POST" and form.is_valid():
        wish = form.cleaned_data
        Scoring.current().switch(
            on=wish["enabled"],
            threshold=wish["threshold"],
            impact_note=wish["impact_note"],
            by=request.user,
            at=clock.now(),
        )
        return redirect("analytics:scoring")
    return render(
        request, "analytics/scoring.html", {"form": form, "scoring": current}, status=422 if form.errors else 200
    )

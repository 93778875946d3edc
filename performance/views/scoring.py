from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ehr import access, clock
from ehr.errors import Refused
from ehr.once import once

from .. import forms, operations, pages
from .. import scoring as sides
from ..permissions import PerformancePermission as P
from . import doors


@require_http_methods(["GET", "POST"])
@access.requires(P.SCORE_AS_STORE)
@once
def scoring(request: HttpRequest) -> HttpResponse:
    """A page of scorecards with what is mine to score; everything that was filled in is kept at once."""
    page = pages.scoring_page(request.user, cursor=request.GET.get("after", ""))
    sent = request.POST if request.method == "POST" else None
    form = forms.ScoreForm(sent, asked=sides.asked_of(request.user, page.rows))
    if request.method == "POST" and form.is_valid():
        kept = operations.record_scores(form.entries(), by=request.user, at=clock.now())
        doors.said(request, _("Scores kept: %(n)s") % {"n": kept})
        return redirect(request.get_full_path())
    rows = [(card, form.fields_of(card)) for card in page.rows]
    context = {"page": page, "rows": rows, "form": form}
    return render(request, "performance/scoring.html", context, status=422 if form.errors else 200)


@require_GET
@access.requires(P.VIEW_RESULT)
def scorecard(request: HttpRequest, pk: UUID) -> HttpResponse:
    return doors.shown_card(request, doors.card(request, pk))


@require_POST
@access.requires(P.SCORE_AS_STORE)
@once
def scores(request: HttpRequest, pk: UUID) -> HttpResponse:
    card = doors.card(request, pk)
    asked = sides.asked_of(request.user, [card])
    if not asked:
        card.refuse_closed()
        raise access.Forbidden("nothing_to_score")
    form = forms.ScoreForm(request.POST, asked=asked)
    if not form.is_valid():
        return doors.shown_card(request, card, status=422, score_form=form)
    operations.record_scores(form.entries(), by=request.user, at=clock.now())
    doors.said(request, _("The scores are kept."))
    return redirect("performance:scorecard", pk=pk)


@require_POST
@access.requires(P.SCORE_AS_HEADQUARTERS)
@once
def closure(request: HttpRequest, pk: UUID) -> HttpResponse:
    card = doors.card(request, pk)
    access.check(request.user, P.SCORE_AS_HEADQUARTERS, card)
    access.refuse_self(request.user, card.employment.person.user)
    try:
        card.close(by=request.user, at=clock.now())
    except Refused as refused:
        return doors.shown_card(request, card, status=422, problem=refused)
    doors.said(request, _("The result is final; only adjustments change it now."))
    return redirect("performance:scorecard", pk=pk)

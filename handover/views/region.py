"""A region on one page, asking again in bulk, and how long handovers take."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from ehr import access, clock
from ehr.once import once
from handover import operations, queries
from handover.permissions import Permission


@require_GET
@access.requires(Permission.REMIND_PEOPLE)
def region(request: HttpRequest) -> HttpResponse:
    """?unit=: everybody who hands over in that unit and below; late ones first."""
    page = queries.region_of(
        request.user, unit=request.GET.get("unit", ""), cursor=request.GET.get("after", ""), at=clock.now()
    )
    return render(request, "handover/region.html", {"page": page})


@require_POST
@access.requires(Permission.REMIND_PEOPLE)
@once
def reminders(request: HttpRequest) -> HttpResponse:
    """The chosen ones; with none chosen all of the unit."""
    unit = request.POST.get("unit", "")
    chosen = [one for one in map(queries.chosen, request.POST.getlist("handover")) if one]
    rows = queries.running_in(request.user, queries.unit_among(request.user, unit))
    rows = rows.filter(pk__in=chosen) if chosen else rows
    done = operations.remind_people(handovers=rows, by=request.user, at=clock.now())
    said = ngettext("Reminded %(n)s person.", "Reminded %(n)s people.", done.people) % {"n": done.people}
    if done.spared:
        said += _(" %(n)s had been reminded today already.") % {"n": done.spared}
    messages.success(request, said)
    return redirect(f"{reverse('handover:region')}?unit={unit}" if unit else "handover:region")


@require_GET
@access.requires(Permission.VIEW_TEMPO)
def tempo(request: HttpRequest) -> HttpResponse:
    page = queries.tempo_of(request.user, at=clock.now())
    return render(request, "handover/tempo.html", {"page": page})

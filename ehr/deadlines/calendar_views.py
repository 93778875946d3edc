from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from ehr import access, clock
from ehr.deadlines import calendar_editing as editing
from ehr.deadlines.calendar_forms import DayForm, YearForm
from ehr.deadlines.calendar_queries import calendar_page
from ehr.errors import Refused
from ehr.once import once
from ehr.units.calendars import CalendarDay
from ehr.units.permissions import Permission


@require_GET
@access.requires(Permission.MANAGE_CALENDAR)
def calendar(request: HttpRequest) -> HttpResponse:
    return _page(request)


@require_POST
@access.requires(Permission.MANAGE_CALENDAR)
@once
def days(request: HttpRequest) -> HttpResponse:
    """The company's own rest day, or a working day of its own; again for the same day changes it."""
    form = DayForm(request.POST)
    if not form.is_valid():
        return _page(request, day_form=form, status=422)
    said = form.cleaned_data
    try:
        editing.set_day(day=said["date"], is_workday=said["work"], note=said["note"], by=request.user, at=clock.now())
    except Refused as refused:
        form.add_error(refused.field, refused.detail)
        return _page(request, day_form=form, status=422)
    return _saved(request)


@require_POST
@access.requires(Permission.MANAGE_CALENDAR)
@once
def day_removal(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(CalendarDay, pk=pk, loaded=None)
    editing.remove_day(row=row, by=request.user, at=clock.now())
    return _saved(request)


@require_POST
@access.requires(Permission.MANAGE_CALENDAR)
@once
def years(request: HttpRequest) -> HttpResponse:
    """The notice of one year: its days are certain from now on, and provisional due times are counted anew."""
    form = YearForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, year_form=form, status=422)
    said = form.cleaned_data
    editing.load_year(year=said["year"], listed=said["listed"], source=said["source"], by=request.user, at=clock.now())
    return _saved(request)


def _page(request: HttpRequest, *, status: int = 200, **forms: Any) -> HttpResponse:
    at = clock.now()
    page = calendar_page(at=at)
    following = page.certain_through.year + 1
    context = {"page": page, "day_form": DayForm(), "year_form": YearForm(initial={"year": following})} | forms
    return render(request, "deadlines/calendar.html", context, status=status)


def _saved(request: HttpRequest) -> HttpResponse:
    messages.success(request, _("Saved. What moved by it stands below."))
    return redirect("deadlines:calendar")

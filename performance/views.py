from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from ehr import access
from employees.models import Employment
from employees.tabs import tabs_of

from .models import AttendanceMonth, MonthlyResult
from .permissions import PerformancePermission as P

MONTHS = 12


@require_GET
@access.requires(P.VIEW_RESULT)
def results(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Twelve months of results and attendance of one employment."""
    visible = Employment.objects.visible_to(request.user, P.VIEW_RESULT)
    employment = get_object_or_404(visible.select_related("person"), pk=pk)
    context = {
        "employment": employment,
        "tabs": tabs_of(employment, reader=request.user, current="performance:results"),
        "results": MonthlyResult.objects.filter(employment=employment).newest(MONTHS),
        "attendance": AttendanceMonth.objects.filter(employment=employment).newest(MONTHS),
    }
    return render(request, "performance/results.html", context)

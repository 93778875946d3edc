from django.urls import path

from . import api

urlpatterns = [
    path("signals/performance/", api.PerformanceSignals.as_view(), name="api-signals-performance"),
    path("signals/attendance/", api.AttendanceSignals.as_view(), name="api-signals-attendance"),
]

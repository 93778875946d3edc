from django.urls import path

from ehr.deadlines import calendar_views, views

app_name = "deadlines"

urlpatterns = [
    path("inbox/", views.inbox, name="inbox"),
    path("inbox/done/", views.done, name="done"),
    path("settings/calendar/", calendar_views.calendar, name="calendar"),
    path("settings/calendar/days/", calendar_views.days, name="calendar_days"),
    path("settings/calendar/days/<int:pk>/removal/", calendar_views.day_removal, name="calendar_day_removal"),
    path("settings/calendar/years/", calendar_views.years, name="calendar_years"),
    path("door/duties/", views.door_duties, name="door_duties"),
    path("demo/clock/", views.demo_time, name="demo_clock"),
]

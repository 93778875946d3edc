from django.urls import path

from ehr.deadlines import views

app_name = "deadlines"

urlpatterns = [
    path("inbox/", views.inbox, name="inbox"),
    path("inbox/done/", views.done, name="done"),
    path("door/duties/", views.door_duties, name="door_duties"),
    path("demo/clock/", views.demo_time, name="demo_clock"),
]

from django.urls import path

from ehr.notices import views

app_name = "notices"
urlpatterns = [
    path("notices/", views.inbox, name="inbox"),
    path("notices/reading/", views.reading_of_all, name="read_all"),
    path("notices/<uuid:pk>/reading/", views.reading, name="read"),
]

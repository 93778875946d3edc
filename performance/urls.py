from django.urls import path

from . import views

app_name = "performance"
urlpatterns = [path("employees/<uuid:pk>/results/", views.results, name="results")]

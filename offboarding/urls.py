from django.urls import URLPattern, URLResolver

app_name = "offboarding"
urlpatterns: list[URLPattern | URLResolver] = []

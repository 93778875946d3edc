"""One table of addresses: the same nouns for people (/cases/…) and for systems (/api/v1/cases/…)."""

from django.urls import include, path

apps = ["employees", "performance", "handover", "offboarding", "integrations", "analytics"]

urlpatterns = [
    path("", include("ehr.health.urls")),
    path("", include("ehr.pages")),
    path("accounts/", include("allauth.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    *[path("", include(f"{app}.urls")) for app in apps],
    *[path("api/v1/", include(f"{app}.api_urls")) for app in apps],
]

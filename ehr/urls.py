"""One table of addresses: the same nouns for people (/cases/…) and for systems (/api/v1/cases/…)."""

from django.urls import include, path

rooms = ["access", "deadlines", "documents", "identity", "notices", "units"]
rooms_with_api = ["deadlines", "documents", "notices", "units"]
apps = ["employees", "performance", "handover", "offboarding", "integrations", "analytics"]

urlpatterns = [
    path("", include("ehr.health.urls")),
    path("", include("ehr.pages")),
    path("accounts/", include("ehr.identity.account_urls")),
    path("accounts/", include("allauth.urls")),
    path("", include("ehr.api.urls")),
    path("", include("ehr.identity.demo_urls")),
    *[path("", include(f"ehr.{room}.urls")) for room in rooms],
    *[path("api/v1/", include(f"ehr.{room}.api_urls")) for room in rooms_with_api],
    path("i18n/", include("django.conf.urls.i18n")),
    *[path("", include(f"{app}.urls")) for app in apps],
    *[path("api/v1/", include(f"{app}.api_urls")) for app in apps],
]

handler404 = "ehr.error_pages.not_found"

"""Pages of the house itself: where a person lands, what a phone installs, what the components look like."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import path
from django.views.decorators.http import require_GET

from ehr.gallery import samples
from ehr.shell import brand, destinations


@login_required
@require_GET
def landing(request: HttpRequest) -> HttpResponse:
    """The first thing this person has to do with."""
    first = next(iter(destinations(request.user)), None)
    return redirect(first) if first else render(request, "landing.html")


@require_GET
def manifest(request: HttpRequest) -> HttpResponse:
    icons = [
        {"src": static("ehr/img/logo.svg"), "sizes": "any", "type": "image/svg+xml"},
        {"src": static("ehr/img/icon-180.png"), "sizes": "180x180", "type": "image/png"},
        {"src": static("ehr/img/icon-512.png"), "sizes": "512x512", "type": "image/png", "purpose": "any maskable"},
    ]
    answer = {
        "name": brand(),
        "short_name": brand(),
        "start_url": "/",
        "display": "standalone",
        "background_color": "#f6f5f1",
        "theme_color": "#2c4a7c",
        "icons": icons,
    }
    return JsonResponse(answer, content_type="application/manifest+json")


@login_required
def gallery(request: HttpRequest) -> HttpResponse:
    if not (settings.DEBUG or settings.EHR_DEMO):
        raise Http404
    return render(request, "gallery.html", samples())


urlpatterns = [
    path("", landing, name="landing"),
    path("manifest.webmanifest", manifest, name="manifest"),
    path("ui/", gallery, name="gallery"),
]

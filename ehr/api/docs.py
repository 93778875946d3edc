"""The API, readable: Swagger UI from the sidecar's files. Its style attributes are the one exception from the
policy of every other page, and it runs no script but its own files."""

from csp.constants import UNSAFE_INLINE
from csp.decorators import csp_update
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET
from rest_framework.permissions import AllowAny

OPEN = [AllowAny]

START = """window.addEventListener("load", function () {
  window.ui = SwaggerUIBundle({
    url: "%s",
    dom_id: "#swagger-ui",
    presets: [SwaggerUIBundle.presets.apis],
    layout: "BaseLayout",
    validatorUrl: null,
    requestInterceptor: function (request) {
      if (request.method !== "GET") {
        request.headers["Idempotency-Key"] = request.headers["Idempotency-Key"] || crypto.randomUUID();
      }
      return request;
    }
  });
});
"""


@require_GET
@csp_update({"style-src": [UNSAFE_INLINE]})
def page(request: HttpRequest) -> HttpResponse:
    return render(request, "api/docs.html")


@require_GET
def start(request: HttpRequest) -> HttpResponse:
    return HttpResponse(START % reverse("api_schema"), content_type="text/javascript")

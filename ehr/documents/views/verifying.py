"""The public door: is this paper genuine? It says kind, number, entity, date and a masked name, never more."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from ehr import clock
from ehr.documents import codes, queries
from ehr.documents.throttle import is_too_often
from ehr.identity.door_access import narrow_door


@narrow_door
@require_GET
def verify_form(request: HttpRequest) -> HttpResponse:
    code = codes.normalise(request.GET.get("code", ""))
    if code:
        return redirect("documents:verify", code=code)
    asked = bool(request.GET.get("code"))
    context = {"answer": queries.unknown(at=clock.now()) if asked else None}
    return render(request, "documents/verify.html", context, status=404 if asked else 200)


@narrow_door
@require_GET
@never_cache
def verify(request: HttpRequest, code: str) -> HttpResponse:
    if is_too_often(request):
        return render(request, "documents/verify.html", {"answer": queries.too_often(at=clock.now())}, status=429)
    answer = queries.answer_for(codes.normalise(code), at=clock.now())
    return render(request, "documents/verify.html", {"answer": answer}, status=200 if answer.is_known else 404)

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ehr import access, clock
from ehr.documents import queries, signing
from ehr.documents.forms import CertificateForm, StandingReleaseForm
from ehr.documents.models import StandingRelease
from ehr.documents.permissions import Permission
from ehr.errors import Refused
from ehr.once import once


@require_http_methods(["GET", "POST"])
@access.requires(Permission.MANAGE_RELEASES)
@once
def standing_releases(request: HttpRequest) -> HttpResponse:
    form = StandingReleaseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        StandingRelease.give(**form.chosen(), by=request.user, at=clock.now())
        messages.success(request, _("From now on these papers are sealed at once."))
        return redirect("documents:standing_releases")
    context = {"form": form, "rows": StandingRelease.objects.in_force().select_related("entity", "given_by")}
    return render(request, "documents/standing_releases.html", context, status=422 if form.is_bound else 200)


@require_POST
@access.requires(Permission.MANAGE_RELEASES)
@once
def standing_release_end(request: HttpRequest, pk: UUID) -> HttpResponse:
    get_object_or_404(StandingRelease, pk=pk).end(by=request.user, at=clock.now())
    messages.success(request, _("From now on each of these papers waits for a clerk."))
    return redirect("documents:standing_releases")


@require_http_methods(["GET", "POST"])
@access.requires(Permission.MANAGE_SIGNING)
@once
def certificates(request: HttpRequest) -> HttpResponse:
    """What signs the papers of each company; its own certificate can be loaded here."""
    form = CertificateForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and _loaded(form, request):
        messages.success(request, _("This certificate signs from now on."))
        return redirect("documents:certificates")
    context = {"form": form, "rows": queries.signing_identities()}
    return render(request, "documents/certificates.html", context, status=422 if form.is_bound else 200)


def _loaded(form: CertificateForm, request: HttpRequest) -> bool:
    try:
        signing.load_company_certificate(**form.chosen(), by=request.user, at=clock.now())
    except Refused as refused:
        form.add_error(refused.field, refused.detail)
        return False
    return True

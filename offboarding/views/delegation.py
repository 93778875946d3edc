from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ehr import clock
from ehr.access import requires
from ehr.once import once

from .. import operations as ops
from ..forms import DelegationForm
from ..models import Delegation
from ..permissions import Permission


@require_http_methods(["GET", "POST"])
@requires(Permission.DELEGATE)
@once
def delegations(request: HttpRequest) -> HttpResponse:
    """Who signs for me while I am away."""
    form, at = DelegationForm(request.POST or None), clock.now()
    if request.method == "POST" and form.attempt(
        lambda said: ops.delegate_while_away(owner=request.user, by=request.user, at=at, **said)
    ):
        messages.success(request, _("Noted. The record will say on whose behalf."))
        return redirect("offboarding:delegations")
    mine = Delegation.objects.filter(owner=request.user).select_related("delegate").order_by("-until_date")[:20]
    status = 422 if request.method == "POST" else 200
    return render(request, "offboarding/delegations.html", {"form": form, "delegations": mine}, status=status)

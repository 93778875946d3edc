"""/me/settings/: language, how to be told, private contacts, password, second factor, API tokens."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from ehr import access, clock
from ehr.identity.contacts import Contact
from ehr.identity.forms import ChannelForm, CodeForm, ContactForm, LanguageForm
from ehr.identity.operations import add_contact, verify_contact
from ehr.identity.tokens import ApiToken
from ehr.notices.models import ChannelChoice, channels_of
from ehr.once import once


@require_GET
@access.signed_in
def page(request: HttpRequest) -> HttpResponse:
    return _page(request)


@require_POST
@access.signed_in
@once
def language(request: HttpRequest) -> HttpResponse:
    form = LanguageForm(request.POST, instance=request.user)
    if not form.is_valid():
        return _page(request, language=form, status=422)
    form.save()
    translation.activate(form.instance.language)
    response = redirect("identity:settings")
    response.set_cookie("django_language", form.instance.language, max_age=365 * 86400, samesite="Lax")
    return _saved(request, response)


@require_POST
@access.signed_in
@once
def channels(request: HttpRequest) -> HttpResponse:
    form = ChannelForm(request.POST)
    if not form.is_valid():
        return _page(request, channels=form, status=422)
    with transaction.atomic():
        for channel, enabled in form.chosen().items():
            ChannelChoice.objects.update_or_create(user=request.user, channel=channel, defaults={"enabled": enabled})
    return _saved(request, redirect("identity:settings"))


@require_POST
@access.signed_in
@once
def contacts(request: HttpRequest) -> HttpResponse:
    form = ContactForm(request.POST)
    if not form.is_valid():
        return _page(request, contact=form, status=422)
    contact = add_contact(user=_user(request), at=clock.now(), **form.cleaned_data)
    return redirect("identity:verify_contact", pk=contact.pk)


@access.signed_in
def contact_verification(request: HttpRequest, pk: UUID) -> HttpResponse:
    contact = get_object_or_404(Contact, pk=pk, user=request.user)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        code = form.cleaned_data["code"]
        if verify_contact(contact, code=code, by=_user(request), at=clock.now()):
            return _saved(request, redirect("identity:settings"))
        form.add_error("code", _("This code is not right, or it has expired."))
    status = 422 if form.is_bound else 200
    return render(request, "identity/contact_verification.html", {"form": form, "contact": contact}, status=status)


@require_POST
@access.signed_in
@once
def token_revocation(request: HttpRequest, pk: UUID) -> HttpResponse:
    token = get_object_or_404(ApiToken, pk=pk, user=request.user)
    token.revoke(by=request.user, at=clock.now())
    return _saved(request, redirect("identity:settings"))


@require_POST
@access.signed_in
@once
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    _user(request).sign_out_everywhere()
    return redirect("account_login")


def _page(request: HttpRequest, *, status: int = 200, **forms: Any) -> HttpResponse:
    user = _user(request)
    context = {
        "language_form": forms.get("language") or LanguageForm(instance=user),
        "channel_form": forms.get("channels") or ChannelForm(dict.fromkeys(channels_of(user), True)),
        "contact_form": forms.get("contact") or ContactForm(),
        "contacts": user.contacts.order_by("created_at"),
        "tokens": user.api_tokens.filter(revoked_at=None, expires_at__gt=clock.now()).order_by("-created_at"),
    }
    return render(request, "identity/settings.html", context, status=status)


def _saved(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    messages.success(request, _("Saved."))
    return response


def _user(request: HttpRequest) -> Any:
    return request.user

"""The letter with which somebody sets a password: allauth's own key of a forgotten one, so it works once and for days."""

from datetime import datetime
from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from ehr import record
from ehr.errors import Refused, WrongState
from ehr.identity.events import AccountInvited
from ehr.identity.models import User

from ..models import Employment


@transaction.atomic
def invite(user: User, *, by: Any, at: datetime) -> None:
    if not user.has_full_access:
        raise WrongState(_("This account is closed or locked: a letter would open nothing."))
    user.email = user.email or _mailbox_on_file(user)
    address = address_of(user)
    if not address:
        detail = _("We know no address of this person. Add one to the file, then send the letter.")
        raise Refused("no_address", detail, field="address")
    user.save(update_fields=["email"])
    _post(user, address)
    record.emit(AccountInvited(user_id=str(user.pk)), subject=user, by=by, at=at)


def address_of(user: User) -> str:
    """The mailbox of the account, else the person's own one on file."""
    person = getattr(user, "person", None)
    return user.email or (person.personal_email if person else "") or ""


def _mailbox_on_file(user: User) -> str:
    """The company's, of a roster that came in after the account was opened."""
    here = Employment.objects.current().filter(person__user=user).exclude(work_email="")
    return here.values_list("work_email", flat=True).first() or ""


def _post(user: User, address: str) -> None:
    uid, key = user_pk_to_url_str(user), default_token_generator.make_token(user)
    path = reverse("account_reset_password_from_key", kwargs={"uidb36": uid, "key": key})
    with translation.override(user.language):
        words = {"user": user, "link": settings.EHR_BASE_URL.rstrip("/") + path, "days": days_of_the_link()}
        text = render_to_string("employees/account_letter.txt", words)
        send_mail(_("Your account: please set a password"), text, None, [address])


def days_of_the_link() -> int:
    return int(settings.PASSWORD_RESET_TIMEOUT // 86400)

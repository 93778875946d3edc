"""Who may sign in: an account, linked to the person where there is a file of one."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.utils.translation import gettext as _

from ehr import record
from ehr.errors import Refused
from ehr.identity.events import AccountOpened
from ehr.identity.models import User

from .models import Person

if TYPE_CHECKING:
    from .models import Employment


@transaction.atomic
def open_account(
    *, username: str, name: str, email: str = "", password: str, employment: "Employment | None" = None, at: datetime
) -> User:
    if User.objects.filter(username=username).exists():
        raise Refused("username_taken", _("Somebody signs in with this name already."), field="username")
    user = User(username=username, display_name=name, email=email)
    validate_password(password, user)
    user.set_password(password)
    user.save()
    if employment is not None and not _link(employment, user):
        raise Refused("account_there", _("This person has an account already."), field="employment")
    record.emit(AccountOpened(user_id=str(user.pk)), subject=user, by=None, at=at)
    return user


def _link(employment: "Employment", user: User) -> bool:
    return bool(Person.objects.filter(pk=employment.person_id, user=None).update(user=user))

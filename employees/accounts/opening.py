"""One account, with a password that somebody typed; or many, without: their owners set it by the letter's link."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from ehr import record
from ehr.errors import Refused
from ehr.identity.events import AccountOpened
from ehr.identity.models import User

from ..models import Person
from .inviting import address_of, invite

if TYPE_CHECKING:
    from ..models import Employment


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


@dataclass(kw_only=True)
class Opened:
    """`taken`: employee numbers with which somebody else signs in already; they need a name of their own."""

    opened: list[User] = field(default_factory=list)
    letters: int = 0
    taken: list[str] = field(default_factory=list)


@transaction.atomic
def open_accounts(employments: Sequence["Employment"], *, with_letters: bool, by: Any, at: datetime) -> Opened:
    """The employee number is the name to sign in with. Who has an account already is passed over."""
    done = Opened()
    people = _without_account(employments)
    used = _names_in_use([one.employee_number for one in employments])
    for employment in employments:
        person = people.get(employment.person_id)
        if person is None or person.user_id:
            continue
        if employment.employee_number.lower() in used:
            done.taken.append(employment.employee_number)
            continue
        person.user = _account_of(employment, person)
        done.opened.append(person.user)
    _write(done.opened, [person for person in people.values() if person.user_id], by=by, at=at)
    if with_letters:
        done.letters = _invite_all(people.values(), by=by, at=at)
    return done


def _without_account(employments: Sequence["Employment"]) -> dict[Any, Person]:
    """Locked, so that nobody else gives them one meanwhile."""
    wanted = Person.objects.filter(pk__in=[one.person_id for one in employments], user=None).select_related("data_key")
    return {person.pk: person for person in wanted.select_for_update(of=["self"]).order_by("pk")}


def _names_in_use(numbers: Sequence[str]) -> set[str]:
    lowered = User.objects.annotate(lowered=Lower("username")).filter(lowered__in=[one.lower() for one in numbers])
    return set(lowered.values_list("lowered", flat=True))


def _account_of(employment: "Employment", person: Person) -> User:
    names = {"username": employment.employee_number, "display_name": person.name}
    return User(**names, email=employment.work_email, password=make_password(None))


def _write(users: list[User], people: list[Person], *, by: Any, at: datetime) -> None:
    User.objects.bulk_create(users)
    Person.objects.bulk_update(people, ["user"])
    facts = [(AccountOpened(user_id=str(user.pk)), user) for user in users]
    record.emit_many(record.Emission(fact=fact, subject=user, by=by, at=at) for fact, user in facts)


def _invite_all(people: Iterable[Person], *, by: Any, at: datetime) -> int:
    written = [person.user for person in people if person.user and address_of(person.user)]
    for user in written:
        invite(user, by=by, at=at)
    return len(written)

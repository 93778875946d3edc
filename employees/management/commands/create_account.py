import sys
from getpass import getpass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from ehr import clock
from ehr.access.operations import give_role
from ehr.access.roles import GRANTABLE, Role
from ehr.errors import Refused
from ehr.identity.models import User
from ehr.units.models import OrgUnit
from employees.accounts import open_account
from employees.models import Employment


class Command(BaseCommand):
    help = (
        "Opens an account, and so the first administrator: `create_account NAME --role admin`. Asks for the password."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--name", default="", help="as the others see it; of an employee the name on file")
        parser.add_argument("--email", default="", help="where a forgotten password is mended")
        parser.add_argument("--employee", default="", help="employee number of the file that belongs to it")
        parser.add_argument("--role", choices=sorted(GRANTABLE))
        parser.add_argument("--unit", default="", help="code of the unit the role is for; without one: the whole group")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            user = _open(options, _password())
        except Refused as refusal:
            raise CommandError(refusal.detail) from refusal
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(f"{user.username} may sign in")


@transaction.atomic
def _open(options: dict[str, Any], password: str) -> User:
    at = clock.now()
    employment = _one(Employment, employee_number=options["employee"]) if options["employee"] else None
    user = open_account(
        username=options["username"],
        name=options["name"] or (employment.person.name if employment else options["username"]),
        email=options["email"],
        password=password,
        employment=employment,
        at=at,
    )
    if options["role"]:
        unit = _one(OrgUnit, code=options["unit"]) if options["unit"] else None
        give_role(user=user, role=Role(options["role"]), unit=unit, by=None, at=at)
    return user


def _one(model: Any, **lookup: str) -> Any:
    found = model.objects.filter(**lookup).first()
    if found is None:
        raise CommandError(f"there is no {model._meta.verbose_name} {next(iter(lookup.values()))}")
    return found


def _password() -> str:
    """Typed twice by a person; from a script the first line of its input, never an argument that others can see."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    first = getpass("Password: ")
    if getpass("Once more: ") != first:
        raise CommandError("the two are not the same")
    return first

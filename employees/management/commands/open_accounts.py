from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ehr import clock
from employees.accounts import ask_for, running
from employees.models import AccountRun, Employment


class Command(BaseCommand):
    help = "Opens accounts for people on file: those named by number, or with --everybody all who have none yet."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("numbers", nargs="*", metavar="NUMBER", help="employee number")
        parser.add_argument("--everybody", action="store_true")
        parser.add_argument(
            "--without-letters", action="store_true", help="nobody is written to; do it later in the list"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if bool(options["numbers"]) == options["everybody"]:
            raise CommandError("name employee numbers, or say --everybody")
        chosen = _ids_of(options["numbers"])
        run = ask_for(chosen, with_letters=not options["without_letters"], by=None, at=clock.now())
        running.advance_all()
        self._tell(AccountRun.objects.get(pk=run.pk))

    def _tell(self, run: AccountRun) -> None:
        self.stdout.write(f"{run.opened} accounts opened, {run.letters} letters on their way")
        for number in run.taken:
            self.stderr.write(f"{number}: somebody else signs in with this name")


def _ids_of(numbers: list[str]) -> list[Any]:
    found = dict(Employment.objects.filter(employee_number__in=numbers).values_list("employee_number", "pk"))
    missing = [number for number in numbers if number not in found]
    if missing:
        raise CommandError(f"nobody has these numbers: {', '.join(missing)}")
    return list(found.values())

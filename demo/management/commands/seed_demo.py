from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from demo import seeding, tasks
from demo.cast import CAST, PASSWORD, TOTP_SECRET


class Command(BaseCommand):
    help = "Build the fictional group: the same seed gives the same company. Only with EHR_DEMO=1."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--employees", type=int, default=settings.EHR_DEMO_EMPLOYEES)
        parser.add_argument("--seed", type=int, default=seeding.SEED)
        parser.add_argument("--background", action="store_true", help="the cast at once, the history by the worker")

    def handle(self, *, employees: int, seed: int, background: bool, **options: Any) -> None:
        if not settings.EHR_DEMO:
            raise CommandError("Demo data only go where EHR_DEMO=1 is set.")
        if 0 < employees < seeding.LEAST_EMPLOYEES:
            raise CommandError(f"EHR_DEMO_EMPLOYEES: {seeding.LEAST_EMPLOYEES} or more, or 0 for the cast alone.")
        if not seeding.is_begun():
            seeding.seed_cast()
        if employees and not seeding.is_finished():
            if background:
                tasks.seed_history.delay()
            else:
                seeding.seed_history(employees=employees, seed=seed)
        self._print_logins()

    def _print_logins(self) -> None:
        self.stdout.write(f"  One click on the sign-in page, or a name below with the password {PASSWORD}")
        self.stdout.write(f"  and, where a second step is asked for, the authenticator's key {TOTP_SECRET}")
        for member in CAST:
            self.stdout.write(f"    {member.username:<16} {member.name}  {member.job_title}")

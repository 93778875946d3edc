from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from analytics.operations import score_everybody
from ehr import clock
from ehr.errors import Refused


class Command(BaseCommand):
    help = "Score everybody active for one day; running it again for the same day changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--as-of", type=date.fromisoformat, default=None, help="YYYY-MM-DD, today by default")

    def handle(self, *args: Any, **options: Any) -> None:
        on = options["as_of"] or clock.today()
        try:
            run = score_everybody(on=on, at=clock.now())
        except Refused as refusal:
            raise CommandError(str(refusal.detail)) from refusal
        self.stdout.write(f"{on}: {run.scored} scored, {run.alerts} new alerts")

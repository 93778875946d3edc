import os
import sys
from typing import Any

from django.core.management import BaseCommand, CommandParser, call_command

from ehr.production import refuse_without_secrets
from ehr.up import demo, processes
from ehr.up.supervisor import Supervisor


class Command(BaseCommand):
    help = "Runs web, worker and beat (or those that are named) in the foreground until Ctrl-C."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("names", nargs="*", choices=["web", "worker", "beat", []], metavar="web|worker|beat")

    def handle(self, *, names: list[str], **options: Any) -> None:
        refuse_without_secrets()
        port = int(os.environ.get("PORT") or 8000)
        commands = processes.commands(port)
        supervisor = Supervisor({name: commands[name] for name in names or commands})
        supervisor.listen()
        if not names:
            call_command("migrate", verbosity=0)
            demo.seed(self.stdout)
            self.stdout.write(f"\nhttp://127.0.0.1:{port}/  (Ctrl-C stops everything)\n")
            self.stdout.flush()
        sys.exit(supervisor.run())

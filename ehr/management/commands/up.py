import json
import os
import sys
from typing import Any

from django.apps import apps
from django.core.management import BaseCommand, CommandParser, call_command
from django.core.management.sql import emit_post_migrate_signal
from django.db import DEFAULT_DB_ALIAS

from ehr.health.probes import missing_migrations
from ehr.production import refuse_without_secrets
from ehr.up import demo, processes
from ehr.up.supervisor import Supervisor


class Command(BaseCommand):
    help = "Runs web, worker and beat (or those that are named) in the foreground until Ctrl-C."
    requires_system_checks: tuple[str, ...] = ()  # of the code: they read every page, and CI has run them

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("names", nargs="*", choices=["web", "worker", "beat", []], metavar="web|worker|beat")

    def handle(self, *, names: list[str], **options: Any) -> None:
        refuse_without_secrets()
        port = int(os.environ.get("PORT") or 8000)
        stopper = Supervisor({})
        stopper.listen()
        if not names:
            self._prepare(port)
        if not stopper.told_to_stop:
            commands = processes.commands(port)
            self._become_supervisor({name: commands[name] for name in names or commands})

    def _prepare(self, port: int) -> None:
        if missing_migrations():
            call_command("migrate", verbosity=0)
        else:  # what a release brings beside tables comes all the same
            emit_post_migrate_signal(verbosity=0, interactive=False, db=DEFAULT_DB_ALIAS, apps=apps, plan=[])
        demo.seed(self.stdout)
        self.stdout.write(f"\nhttp://127.0.0.1:{port}/  (Ctrl-C stops everything)\n")
        self.stdout.flush()

    def _become_supervisor(self, commands: dict[str, list[str]]) -> None:
        """The same process in a new skin: what was needed for this moment gives back 150 MB."""
        os.execv(sys.executable, [sys.executable, "-m", "ehr.up", json.dumps(commands)])  # noqa: S606 - ourselves

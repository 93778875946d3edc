import signal
import threading
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, close_old_connections

from ehr import clock
from integrations.receivers import demo

EVERY_SECONDS = 5.0


class Command(BaseCommand):
    help = "Runs the demo's own SCIM, mail and webhook systems on loopback and connects the product to them."
    requires_system_checks: tuple[str, ...] = ()  # of the code: they read every page, and CI has run them

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.EHR_DEMO:
            raise CommandError("EHR_DEMO is not set")
        stopping = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stopping.set())
        systems = demo.start()
        try:
            while True:
                self._keep_up(systems)
                if stopping.wait(EVERY_SECONDS):
                    break
        finally:
            systems.stop()

    def _keep_up(self, systems: demo.Systems) -> None:
        """The company is seeded while this runs; what is missing now is there the next time."""
        close_old_connections()
        try:
            if demo.connect(systems, at=clock.now()):
                demo.add_accounts(systems)
        except DatabaseError as error:
            self.stderr.write(f"the database is not ready: {type(error).__name__}")

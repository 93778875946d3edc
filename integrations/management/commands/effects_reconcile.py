from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from ehr import clock
from integrations.operations.reconciling import Finding, reconcile


class Command(BaseCommand):
    help = "Asks the connected systems whether what was verified still holds; lists and reopens what does not."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--connection", default="", help="short name of one connection")

    def handle(self, *args: Any, **options: Any) -> None:
        asked = drifted = unknown = 0
        for finding in reconcile(connection_name=options["connection"], at=clock.now()):
            asked += 1
            if finding.is_drift:
                drifted += 1
                self._report(finding, "reopened")
            elif finding.verdict.seen == "unknown":
                unknown += 1
                self._report(finding, "no answer")
        self.stdout.write(f"asked {asked}, drifted {drifted}, without an answer {unknown}")

    def _report(self, finding: Finding, word: str) -> None:
        effect = finding.effect
        what = finding.verdict.observed or finding.verdict.reason
        number = effect.case.number if effect.case else "-"
        self.stdout.write(f"{word}: {effect.connection.name} {effect.action} {number} {effect.target}: {what}")

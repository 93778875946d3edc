import json
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from offboarding.reference import shipped
from offboarding.vectors import evaluate

MOST_DIGITS = 30


class Command(BaseCommand):
    help = "Evaluate the law's rules on the vectors of a JSON file. Needs no database, broker, network or secret."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE.json", help='{"vectors": [{"id", "kind", "input"}, …]}')

    def handle(self, *args: Any, **options: Any) -> None:
        results = evaluate(_vectors(options["file"]), tables=shipped())
        self.stdout.write(json.dumps({"results": results}))


def _vectors(file: Path) -> list[Any]:
    """Decimals stay exact: no number of the file ever becomes a float."""
    try:
        data = json.loads(file.read_text(encoding="utf-8-sig"), parse_float=Decimal, parse_int=_whole)
    except (OSError, ValueError, RecursionError) as fault:
        raise CommandError(f"{file}: {fault}") from fault
    vectors = data.get("vectors") if isinstance(data, dict) else None
    if not isinstance(vectors, list):
        raise CommandError(f'{file}: expected {{"vectors": [...]}}')
    return vectors


def _whole(digits: str) -> int | Decimal:
    """Python refuses to read thousands of digits; one vector that has them must not stop the others."""
    return int(digits) if len(digits) <= MOST_DIGITS else Decimal(digits)

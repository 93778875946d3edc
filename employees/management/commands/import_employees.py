import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ehr import clock
from employees.importing.limits import ImportRefused
from employees.importing.running import Importing, proposed_mapping
from employees.importing.sources import open_source
from employees.words import reason_text


class Command(BaseCommand):
    help = "Imports people from a CSV or XLSX file. A bad row never stops a good one; exit 1 only when nothing could be read."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--mapping", type=Path, help='JSON: {"header of the file": "field"}')
        parser.add_argument("--dry-run", action="store_true")
        parser.add_argument("--report", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            source = open_source(options["file"])
        except ImportRefused as refusal:
            raise CommandError(reason_text(refusal.code)) from refusal
        mapping = proposed_mapping(source) | mapping_in(options["mapping"])
        job = Importing(source, mapping, at=clock.now(), dry_run=options["dry_run"])
        try:
            report = job.run()
        except ImportRefused as refusal:
            raise CommandError(reason_text(refusal.code)) from refusal
        if options["report"]:
            options["report"].write_text(json.dumps(report, ensure_ascii=False, indent=1), encoding="utf-8")
        self.stdout.write(summary(report))


def mapping_in(path: Path | None) -> dict[str, str]:
    if path is None:
        return {}
    try:
        mapping = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CommandError(f"{path}: {error}") from error
    if not isinstance(mapping, dict):
        raise CommandError(f"{path}: an object of header and field is needed")
    return {str(header): str(key or "") for header, key in mapping.items()}


def summary(report: dict[str, Any]) -> str:
    parts = ("rows_in", "accepted", "created", "updated", "unchanged", "units_created")
    named = sum(one["units"] for one in report["employers_named"])
    said = ", ".join(f"{name} {report[name]}" for name in parts)
    return f"{said}, units naming an employer {named}, rejected {report['rejected_count']}"

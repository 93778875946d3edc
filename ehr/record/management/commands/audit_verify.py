"""Is the record what it was? Exit 0 when it is, 1 with the first bad position otherwise."""

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ehr.record.checkpoints import Statement
from ehr.record.verifying import Verdict, verify


class Command(BaseCommand):
    help = "Verify the hash chain of the record, and a checkpoint that was kept outside."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--checkpoint", type=Path, help="a checkpoint file kept outside the database")
        parser.add_argument("--json", action="store_true", dest="as_json")

    def handle(self, *, checkpoint: Path | None, as_json: bool, **options: Any) -> None:
        verdict = verify(_read(checkpoint) if checkpoint else None)
        self.stdout.write(json.dumps(verdict.to_dict()) if as_json else _in_words(verdict))
        if not verdict.intact:
            sys.exit(1)


def _read(path: Path) -> Statement:
    try:
        return Statement.of_json(path.read_text())
    except (OSError, ValueError, KeyError) as error:
        raise CommandError(f"{path} is not a checkpoint: {error}") from error


def _in_words(verdict: Verdict) -> str:
    if verdict.intact:
        signer = f", signed by {verdict.signed_by}" if verdict.signed_by else ""
        return (
            f"intact: {verdict.sealed} sealed, {verdict.waiting} waiting for their seal, "
            f"{verdict.checkpoints} checkpoints{signer}"
        )
    place = f"position {verdict.bad_position}" if verdict.bad_position is not None else f"event {verdict.bad_event}"
    return f"BROKEN at {place}: {verdict.reason}"

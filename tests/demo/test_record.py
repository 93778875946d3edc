"""What the demo's people did for two years stands in the record like anybody's deeds: proven whole, and seen when touched."""

import json
import random
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from ehr import clock
from ehr.record.checkpoints import sign_checkpoint
from ehr.record.models import Event, Seal
from ehr.record.sealing import seal_all

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
EMPLOYEES = 300
CHANCE = random.SystemRandom().randrange(2**32)


@pytest.fixture
def checkpoint(settings: Any, tmp_path: Path) -> Path:
    """Of the whole seeded history, as an auditor keeps it."""
    settings.EHR_DEMO, settings.VAR_DIR = True, tmp_path
    call_command("seed_demo", employees=EMPLOYEES)
    seal_all()
    sign_checkpoint(at=clock.now())
    return tmp_path / "checkpoints" / "latest.json"


def test_the_seeded_history_verifies_until_one_row_of_it_is_edited(checkpoint: Path, capsys: Any) -> None:
    deeds, told = Event.objects.count(), set(Event.objects.values_list("kind", flat=True))
    before = _verdict(checkpoint, capsys)
    touched = Seal.objects.get(seq=random.Random(CHANCE).randint(1, deeds))
    _edit(touched.event_id)

    with pytest.raises(SystemExit) as stopped:
        call_command("audit_verify", "--json", checkpoint=checkpoint)
    after = json.loads(capsys.readouterr().out)

    assert {"offboarding.case.closed", "handover.handover.signed", "employees.employment.ended"} <= told
    assert {"handover.transfer.confirmed", "handover.shadowing.done", "handover.deduction.recorded"} <= told
    assert (before["intact"], before["sealed"], before["waiting"]) == (True, deeds, 0)
    assert (stopped.value.code, after["bad_position"]) == (1, touched.seq), f"chance {CHANCE}"


def _verdict(checkpoint: Path, capsys: Any) -> dict[str, Any]:
    capsys.readouterr()  # what the seed said
    call_command("audit_verify", "--json", checkpoint=checkpoint)
    return dict(json.loads(capsys.readouterr().out))


def _edit(event_id: Any) -> None:
    """Past the triggers, as whoever owns the database can."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE record_event SET at = at + interval '1 second' WHERE id = %s", [event_id])

"""The shipped words of the papers of an exit, so that a new installation can issue every one of them."""

from datetime import UTC, datetime
from pathlib import Path

from django.db import migrations

from ehr.documents.shipping import load

TEXTS = Path(__file__).parent.parent / "shipped" / "papers"


def ship(apps, schema_editor):
    load(apps.get_model("documents", "PaperText"), TEXTS, at=datetime.now(tz=UTC))


class Migration(migrations.Migration):
    dependencies = [("offboarding", "0009_service_attempts"), ("documents", "0002_texts_of_papers")]
    operations = [migrations.RunPython(ship, migrations.RunPython.noop)]

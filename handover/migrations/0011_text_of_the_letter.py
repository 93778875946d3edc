"""The shipped words of the sign-off letter."""

from datetime import UTC, datetime
from pathlib import Path

from django.db import migrations

from ehr.documents.shipping import load

TEXTS = Path(__file__).parent.parent / "shipped" / "papers"


def ship(apps, schema_editor):
    load(apps.get_model("documents", "PaperText"), TEXTS, at=datetime.now(tz=UTC))


class Migration(migrations.Migration):
    dependencies = [("handover", "0010_transfer_plans"), ("documents", "0002_texts_of_papers")]
    operations = [migrations.RunPython(ship, migrations.RunPython.noop)]

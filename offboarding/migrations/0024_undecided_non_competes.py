"""Exits that ended without a decision on the non-compete: somebody is asked for it."""

from datetime import timedelta

from django.db import migrations
from django.utils import timezone

TIME_TO_DECIDE = timedelta(days=30)


def ask(apps, schema_editor):
    Obligation, Track = (apps.get_model("offboarding", name) for name in ("Obligation", "Track"))
    today = timezone.localdate()
    undecided = Track.objects.filter(kind="non_compete", case__non_compete=None).exclude(state="done")
    for track in undecided.exclude(case__employment_ended_at=None).iterator():
        row = Obligation(
            case_id=track.case_id,
            kind="non_compete_decision",
            article="JI1 37",
            role="hr_legal",
            due_date=today + TIME_TO_DECIDE,
            ask_date=today,
        )
        row.track = None if track.state == "cancelled" else track
        Obligation.objects.bulk_create([row], ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [("offboarding", "0023_non_compete_undecided_and_reminded")]
    operations = [migrations.RunPython(ask, migrations.RunPython.noop)]

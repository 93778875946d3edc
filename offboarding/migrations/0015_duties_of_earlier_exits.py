"""Exits that ended before: what was done says so, and the duties that were not kept then are opened."""

from django.db import migrations

from offboarding.rules import obligations

LAYOFF = "LCL41_"


def fill(apps, schema_editor):
    Obligation, Case = (apps.get_model("offboarding", name) for name in ("Obligation", "Case"))
    Obligation.objects.exclude(done_at=None).update(outcome="done")
    Obligation.objects.filter(kind="file_transfer").update(role="hrbp")
    ended = Case.objects.exclude(employment_ended_at=None).exclude(termination_date=None)
    for case in ended.only("kind", "ground", "termination_date").iterator():
        is_layoff = case.kind == "layoff" or case.ground.startswith(LAYOFF)
        duties = obligations.after(termination_date=case.termination_date, is_layoff=is_layoff)
        Obligation.objects.bulk_create(
            [_row(Obligation, case, duty) for duty in duties if not duty.track], ignore_conflicts=True
        )


def _row(Obligation, case, duty):
    return Obligation(
        case=case,
        kind=duty.kind,
        article=duty.article,
        due_date=duty.due_date,
        role=duty.role,
        ask_date=duty.ask_date,
    )


class Migration(migrations.Migration):
    dependencies = [("offboarding", "0014_obligations_with_owners")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]

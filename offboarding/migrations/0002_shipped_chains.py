from datetime import UTC, datetime

from django.db import migrations

from offboarding.rules import chains
from offboarding.rules.kinds import FORMAL_KINDS

SHIPPED_AT = datetime(2026, 1, 1, tzinfo=UTC)


def ship(apps, schema_editor):
    Chain, Version, Step = (apps.get_model("offboarding", name) for name in ("Chain", "ChainVersion", "ChainStep"))
    for kind in FORMAL_KINDS:
        chain = Chain.objects.create(kind=kind.value, name="标准审批链")
        version = Version.objects.create(
            chain=chain, number=1, state="published", edited_at=SHIPPED_AT, published_at=SHIPPED_AT
        )
        for position, step in enumerate(chains.default_steps(kind), start=1):
            Step.objects.create(
                version=version,
                position=position,
                title=step.title,
                resolver=step.resolver.value,
                mode=step.mode.value,
                sla_days=step.sla_days,
                late_action=step.late_action.value,
                may_delegate=step.may_delegate,
                allowed=[action.value for action in step.allowed],
            )


class Migration(migrations.Migration):
    dependencies = [("offboarding", "0001_initial")]
    operations = [migrations.RunPython(ship, migrations.RunPython.noop)]

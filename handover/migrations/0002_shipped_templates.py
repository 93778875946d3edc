"""The six shipped templates, so that the first exit of a new installation has a list."""

from datetime import UTC, datetime

from django.db import migrations

from handover.rules.items import CONFIRMER_OF, GROUP_OF, Kind
from handover.shipped import shipped


# What this schema knows; later columns are filled by later migrations.
KNOWN = {"key", "kind", "title", "hint", "confirmer", "evidence_required", "days_before_end", "locked"}


def load(apps, schema_editor):
    template_model = apps.get_model("handover", "Template")
    item_model = apps.get_model("handover", "TemplateItem")
    for spec in shipped():
        template = template_model.objects.create(
            job_family=spec["job_family"],
            title=spec["title"],
            version=1,
            state="in_force",
            created_at=datetime.now(tz=UTC),
        )
        item_model.objects.bulk_create(
            item_model(
                template=template,
                position=position,
                group=GROUP_OF[Kind(item["kind"])].value,
                **{"confirmer": CONFIRMER_OF[Kind(item["kind"])].value} | {name: item[name] for name in item if name in KNOWN},
            )
            for position, item in enumerate(spec["items"])
        )


class Migration(migrations.Migration):
    dependencies = [("handover", "0001_initial")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]

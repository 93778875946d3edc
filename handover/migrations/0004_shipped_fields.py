"""The fields that the shipped templates add to their kinds. A template somebody has edited since keeps what it has."""

from django.db import migrations

from handover.rules.items import as_field
from handover.shipped import shipped


def load(apps, schema_editor):
    item_model = apps.get_model("handover", "TemplateItem")
    for spec in shipped():
        first = item_model.objects.filter(template__job_family=spec["job_family"], template__unit=None, template__version=1)
        for item in spec["items"]:
            extra = [as_field(field) for field in item.get("extra", ())]
            if extra:
                first.filter(key=item["key"]).update(extra=extra)


class Migration(migrations.Migration):
    dependencies = [("handover", "0003_templates_are_drafted_and_published")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]

"""An issued paper keeps the employer's name and seal. Those issued so far were issued under the present ones."""

from django.db import migrations, models
from django.db.models import OuterRef, Q, Subquery


def fill(apps, schema_editor):
    Document, LegalEntity = apps.get_model("documents", "Document"), apps.get_model("units", "LegalEntity")
    entity = LegalEntity.objects.filter(pk=OuterRef("entity"))
    Document.objects.filter(issued_at__isnull=False).update(
        issuer_name=Subquery(entity.values("name")), seal_key=Subquery(entity.values("seal"))
    )


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0003_texts_that_are_offered"),
        ("units", "0004_whether_there_is_a_union"),
    ]
    operations = [
        migrations.AddField("document", "issuer_name", models.CharField(blank=True, max_length=120)),
        migrations.AddField("document", "seal_key", models.CharField(blank=True, max_length=200)),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddConstraint(
            "document",
            models.CheckConstraint(
                condition=Q(issued_at=None) | ~Q(issuer_name=""),
                name="issued_names_its_issuer",
            ),
        ),
    ]

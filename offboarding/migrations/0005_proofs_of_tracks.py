import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import ehr.lib.ids


class Migration(migrations.Migration):
    dependencies = [
        ("offboarding", "0004_when_it_is_late"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="TrackFile",
            fields=[
                (
                    "id",
                    models.UUIDField(default=ehr.lib.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("media_type", models.CharField(max_length=100)),
                ("size", models.PositiveIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("file_key", models.CharField(max_length=200, unique=True)),
                ("uploaded_at", models.DateTimeField()),
                (
                    "track",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="files", to="offboarding.track"
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "proof",
                "indexes": [models.Index(fields=["track", "id"], name="track_files")],
            },
        ),
    ]

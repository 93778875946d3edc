from django.db import migrations, models

TABLE = """
    CREATE TABLE once_cache (
        cache_key varchar(255) PRIMARY KEY, value text NOT NULL, expires timestamp with time zone NOT NULL
    );
    CREATE INDEX once_cache_expires ON once_cache (expires);
"""


class Migration(migrations.Migration):
    dependencies = [("once", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Tally",
            fields=[
                ("key", models.CharField(max_length=100, primary_key=True, serialize=False)),
                ("count", models.PositiveIntegerField()),
                ("ends_at", models.DateTimeField(db_index=True)),
            ],
            options={"verbose_name": "tally"},
        ),
        # The table of Django's own database cache, which the sign-in counts in
        migrations.RunSQL(TABLE, "DROP TABLE once_cache"),
    ]

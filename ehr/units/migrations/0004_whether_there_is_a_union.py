from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("units", "0003_days_of_a_loaded_year")]

    operations = [
        migrations.AddField(
            model_name="legalentity",
            name="has_union",
            field=models.BooleanField(db_default=True, default=True, verbose_name="has a union"),
        ),
    ]

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("units", "0002_calendarday_calendaryear")]

    operations = [
        migrations.AddField(
            model_name="calendarday",
            name="loaded",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.CASCADE, related_name="days", to="units.calendaryear"
            ),
        ),
    ]

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("units", "0004_whether_there_is_a_union"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="legalentity",
            constraint=models.UniqueConstraint(
                condition=models.Q(("uscc", ""), _negated=True), fields=("uscc",), name="one_employer_per_uscc"
            ),
        ),
    ]

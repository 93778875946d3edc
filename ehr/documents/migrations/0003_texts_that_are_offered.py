from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("documents", "0002_texts_of_papers")]
    operations = [
        migrations.AlterField(
            model_name="papertext",
            name="state",
            field=models.CharField(
                choices=[
                    ("draft", "Draft"),
                    ("review", "Waiting for a second person"),
                    ("in_force", "In force"),
                    ("retired", "Retired"),
                    ("offered", "Newer text of the product"),
                ],
                default="draft",
                max_length=10,
            ),
        ),
    ]

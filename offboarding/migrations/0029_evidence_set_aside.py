from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('offboarding', '0028_severance_by_place'),
    ]

    operations = [
        migrations.AddField(
            model_name='evidence',
            name='set_aside_at',
            field=models.DateTimeField(null=True, verbose_name='set aside'),
        ),
    ]

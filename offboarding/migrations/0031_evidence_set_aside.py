from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('offboarding', '0030_non_compete_penalty'),
    ]

    operations = [
        migrations.AddField(
            model_name='evidence',
            name='set_aside_at',
            field=models.DateTimeField(null=True, verbose_name='set aside'),
        ),
    ]

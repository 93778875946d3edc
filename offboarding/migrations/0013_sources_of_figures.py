import django.db.models.deletion
import ehr.lib.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('offboarding', '0012_batches'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ReferenceFile',
            fields=[
                ('id', models.UUIDField(default=ehr.lib.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('media_type', models.CharField(max_length=100)),
                ('size', models.PositiveIntegerField()),
                ('sha256', models.CharField(max_length=64)),
                ('file_key', models.CharField(max_length=200, unique=True)),
                ('uploaded_at', models.DateTimeField()),
                ('row', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='offboarding.referencerow')),
                ('uploaded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'source of a figure',
                'indexes': [models.Index(fields=['row', 'id'], name='reference_files')],
            },
        ),
    ]

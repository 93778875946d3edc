import django.db.models.deletion
import ehr.lib.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('offboarding', '0011_reference_rows'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Batch',
            fields=[
                ('id', models.UUIDField(default=ehr.lib.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('resignation', 'Resignation'), ('forced_resignation', 'Forced resignation'), ('mutual_agreement', 'Mutual agreement'), ('dismissal', 'Dismissal'), ('layoff', 'Layoff'), ('expiry', 'Contract expiry'), ('retirement', 'Retirement'), ('other_ending', 'Other ending'), ('pre_offboarding', 'Pre-offboarding')], max_length=20, verbose_name='kind')),
                ('ground', models.CharField(choices=[('LCL36_EMPLOYER', 'Agreed, proposed by the company (art. 36)'), ('LCL36_EMPLOYEE', 'Agreed, proposed by the employee (art. 36)'), ('LCL37', 'Resignation with notice (art. 37)'), ('LCL38', 'Forced to resign (art. 38)'), ('LCL39_1', 'Probation: hiring conditions not met (art. 39-1)'), ('LCL39_2', 'Serious breach of the rules (art. 39-2)'), ('LCL39_3', 'Serious neglect or fraud with great loss (art. 39-3)'), ('LCL39_4', 'Second employment (art. 39-4)'), ('LCL39_5', 'Contract void through fraud (art. 39-5)'), ('LCL39_6', 'Criminal liability (art. 39-6)'), ('LCL40_1', 'Medical period over, unable to work (art. 40-1)'), ('LCL40_2', 'Unfit for the job after training or transfer (art. 40-2)'), ('LCL40_3', 'Major change of circumstances (art. 40-3)'), ('LCL41_1', 'Layoff: reorganisation (art. 41-1)'), ('LCL41_2', 'Layoff: serious difficulties (art. 41-2)'), ('LCL41_3', 'Layoff: change of production (art. 41-3)'), ('LCL41_4', 'Layoff: other change of the economy (art. 41-4)'), ('LCL44_1', 'Fixed term ends (art. 44-1)'), ('LCL44_2', 'Draws a pension (art. 44-2)'), ('LCL44_3', 'Death or missing (art. 44-3)'), ('LCL44_4', 'Bankruptcy (art. 44-4)'), ('LCL44_5', 'Closed or dissolved (art. 44-5)'), ('RETIRE', 'Retirement age (Regulation 21)'), ('TASK_COMPLETED', 'The task is completed (Regulation 22)')], max_length=20, verbose_name='ground')),
                ('last_day', models.DateField(verbose_name='last working day')),
                ('opened_at', models.DateTimeField()),
                ('checked_at', models.DateTimeField()),
                ('opened_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'list of endings',
            },
        ),
        migrations.CreateModel(
            name='BatchLine',
            fields=[
                ('id', models.UUIDField(default=ehr.lib.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('position', models.PositiveSmallIntegerField()),
                ('found', models.JSONField(default=list)),
                ('code', models.CharField(blank=True, max_length=80)),
                ('article', models.CharField(blank=True, max_length=80)),
                ('tried_at', models.DateTimeField(null=True)),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='offboarding.batch')),
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='batch_line', to='offboarding.case')),
            ],
            options={
                'verbose_name': 'line of a list of endings',
                'ordering': ['position'],
                'constraints': [models.UniqueConstraint(fields=('batch', 'position'), name='one_place_in_a_batch')],
            },
        ),
    ]

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("offboarding", "0015_duties_of_earlier_exits")]
    operations = [
        migrations.AddConstraint(
            model_name='obligation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('done_at', None), ('outcome', '')), models.Q(('done_at__isnull', False), models.Q(('outcome', ''), _negated=True)), _connector='OR'), name='obligation_ends_somehow'),
        ),
    ]

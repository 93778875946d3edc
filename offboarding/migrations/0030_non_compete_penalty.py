import ehr.crypto.fields
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("offboarding", "0029_clocks_after_the_last_day")]
    operations = [
        migrations.AddField(
            model_name="noncompete",
            name="penalty",
            field=ehr.crypto.fields.EncryptedTextField(null=True),
        ),
    ]

import shutil
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command
from django.db import connection

from ehr.up import demo


class Command(BaseCommand):
    help = "Throws every row and file of the demo away and builds it again. Refused everywhere else."

    def handle(self, **options: Any) -> None:
        if not settings.EHR_DEMO:
            raise CommandError("This is not a demo (EHR_DEMO=1)")
        with connection.cursor() as cursor:
            # the record refuses to be emptied row by row
            cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
        shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)
        call_command("migrate", verbosity=0)
        demo.seed(self.stdout)

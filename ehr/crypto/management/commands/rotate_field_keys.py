"""After a new key was put in front of EHR_FIELD_KEYS: hang everything on it, and say which keys may go."""

from typing import Any

from django.core.management.base import BaseCommand

from ehr.crypto.keyring import ring
from ehr.crypto.rotation import in_use, rotate


class Command(BaseCommand):
    help = "Re-wrap all data keys with the newest key of EHR_FIELD_KEYS."

    def handle(self, **options: Any) -> None:
        moved, used = rotate(), in_use()
        self.stdout.write(f"{moved} data keys now hang on {ring().newest}")
        for key_id, _ in ring().keys:
            state = f"{used[key_id]} in use" if key_id in used else "not in use, may leave the ring"
            self.stdout.write(f"  {key_id}: {state}")

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from offboarding.lifecycle_page import page


class Command(BaseCommand):
    help = "Write docs/lifecycle.md from the table of the case's life."

    def handle(self, *args: Any, **options: Any) -> None:
        target = settings.BASE_DIR / "docs" / "lifecycle.md"
        target.write_text(page(), encoding="utf-8")
        self.stdout.write(f"wrote {target.name}")

from django.conf import settings

from offboarding.lifecycle_page import page


def test_the_page_of_the_lifecycle_is_not_stale() -> None:
    written = (settings.BASE_DIR / "docs" / "lifecycle.md").read_text(encoding="utf-8")

    assert written == page(), "run manage.py write_lifecycle"

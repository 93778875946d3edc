from django.conf import settings

from offboarding.lifecycle_page import page
from offboarding.models import Chain, ChainStep, ChainVersion, Track
from offboarding.rules import tracks


def test_the_page_of_the_lifecycle_is_not_stale() -> None:
    written = (settings.BASE_DIR / "docs" / "lifecycle.md").read_text(encoding="utf-8")

    assert written == page(), "run manage.py write_lifecycle"


def test_every_wait_there_is_names_the_law_and_stands_in_the_docs() -> None:
    written = page()

    for wait in tracks.WAITS:
        assert wait.because and f"| `{wait.allows}` | `{wait.needs}` | {wait.because} |" in written
    for free, article in tracks.FREE_BY_LAW.items():
        assert f"`{free}` ({article})" in written


def test_no_model_holds_a_wait_that_somebody_could_configure() -> None:
    """Tracks, chains and their steps are all that HR edits of an exit."""
    names = {field.name for model in (Track, Chain, ChainVersion, ChainStep) for field in model._meta.get_fields()}

    assert not [name for name in names if "wait" in name or "needs" in name or "depends" in name]

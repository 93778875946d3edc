"""Every text a person may read exists in Chinese. Extraction is gettext's own, into a temporary folder."""

import gettext
import re
import subprocess
from pathlib import Path

import pytest
from django.utils.translation import templatize

from tests.architecture.paths import PACKAGES, ROOT, name, python_files, templates

KEYWORDS = (
    "_", "gettext_noop", "gettext_lazy", "ngettext:1,2", "ngettext_lazy:1,2",
    "pgettext:1c,2", "pgettext_lazy:1c,2", "npgettext:1c,2,3", "npgettext_lazy:1c,2,3",
)  # fmt: skip


def test_it_has_every_text_in_chinese(tmp_path: Path) -> None:
    missing = _texts(tmp_path) - _translated(tmp_path)

    assert not missing, "\n".join(sorted(repr(text) for text in missing))


def test_it_says_no_text_in_two_ways(tmp_path: Path) -> None:
    """All catalogues end up in one: where two differ, one of the pages would speak the other's words."""
    said: dict[str, set[str]] = {}
    for po in ROOT.glob("*/locale/*/LC_MESSAGES/*.po"):
        for text, translation in _catalogue(po, tmp_path).items():
            said.setdefault(str(text), set()).add(translation)

    assert {text: ways for text, ways in said.items() if text and len(ways) > 1} == {}


@pytest.mark.parametrize("po", sorted(ROOT.glob("*/locale/*/LC_MESSAGES/*.po")), ids=name)
def test_it_keeps_the_placeholders(po: Path) -> None:
    done = subprocess.run(["msgfmt", "--check", "-o", "/dev/null", po], capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr


def _texts(tmp: Path) -> set[str]:
    sources = [_extractable(path, tmp) for path in (*python_files(), *templates())]
    files, catalogue = tmp / "files", tmp / "texts.pot"
    files.write_text("\n".join(sources))
    keywords = [f"--keyword={keyword}" for keyword in KEYWORDS]
    command = ["xgettext", "--language=Python", "--from-code=UTF-8", "--no-location", *keywords]
    subprocess.run([*command, f"--files-from={files}", "-o", catalogue], check=True, capture_output=True)
    catalogue.write_text(
        catalogue.read_text().replace("nplurals=INTEGER; plural=EXPRESSION", "nplurals=2; plural=n!=1")
    )
    # msgen gives every text itself as its translation: so msgfmt keeps them all
    subprocess.run(["msgen", catalogue, "-o", tmp / "texts.po"], check=True, capture_output=True)
    return _compiled(tmp / "texts.po", tmp)


def _extractable(path: Path, tmp: Path) -> str:
    text = path.read_text()
    text = text if path.suffix == ".py" else templatize(text, origin=name(path))
    copy = tmp / "sources" / (name(path).replace("/", "__") + ".py")
    copy.parent.mkdir(exist_ok=True)
    copy.write_text(text)
    return str(copy)


def _translated(tmp: Path) -> set[str]:
    folders = [ROOT / package / "locale" / "zh_Hans" / "LC_MESSAGES" for package in PACKAGES]
    catalogues = [po for folder in folders for po in folder.glob("*.po")]
    return set().union(*(_compiled(po, tmp) for po in catalogues))


def _compiled(po: Path, tmp: Path) -> set[str]:
    """What a catalogue really translates: not what is empty or marked as a guess."""
    return {key[0] if isinstance(key, tuple) else key for key in _catalogue(po, tmp)} - {""}


def _catalogue(po: Path, tmp: Path) -> dict[str | tuple[str, int], str]:
    mo = tmp / f"{re.sub(r'[^a-z]', '_', name(po) if po.is_relative_to(ROOT) else po.name)}.mo"
    subprocess.run(["msgfmt", po, "-o", mo], check=True, capture_output=True)
    with mo.open("rb") as file:
        return dict(gettext.GNUTranslations(file)._catalog)  # type: ignore[attr-defined]

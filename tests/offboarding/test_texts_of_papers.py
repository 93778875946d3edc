"""Every shipped text can be published, prints whole in both languages, and leaves no blank, brace or None."""

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from ehr.documents import sampling
from ehr.documents.kinds import texts
from ehr.documents.markup import parse, printed
from ehr.documents.models import PaperText
from handover.papers import TEXTS as LETTERS
from offboarding.documents import TEXTS

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
NAMES = sorted(path.stem for folder in (TEXTS, LETTERS) for path in folder.glob("*.txt"))


def text_of(name: str) -> PaperText:
    kind, _dot, variant = name.partition(".")
    return PaperText.objects.get(kind=kind, variant=variant, entity=None)


def words(pdf: bytes, folder: Path) -> str:
    (folder / "paper.pdf").write_bytes(pdf)
    done = subprocess.run(["pdftotext", "-layout", folder / "paper.pdf", "-"], capture_output=True, check=True)
    return re.sub(r"\s+", "", done.stdout.decode())


def test_every_kind_and_variant_has_a_text_in_force() -> None:
    there = set(PaperText.objects.in_force().filter(entity=None).values_list("kind", "variant"))

    assert {(kind.code, code) for kind in texts() for code, _label in kind.variants} == there
    assert len(there) == len(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_it_can_be_published_as_it_is(name: str) -> None:
    assert text_of(name).problems == []


@pytest.mark.parametrize("bilingual", [False, True])
@pytest.mark.parametrize("name", NAMES)
def test_it_prints_every_field(name: str, bilingual: bool, at: Any, tmp_path: Path) -> None:
    text = text_of(name)

    found = words(sampling.sample_pdf(text, bilingual=bilingual, at=at, is_draft=False), tmp_path)

    values = sampling.values_of(text.spec)
    lines = printed(parse(text.body), text.spec.merge, values, bilingual=False)
    for field in {name for line in lines for name in line.names}:
        value = values.get(field)
        if isinstance(value, str) and not re.match(r"\d{4}-\d\d-\d\d|\d+\.\d\d", value):
            assert re.sub(r"\s+", "", value) in found, field
    assert not re.search(r"[{}]|None", found)
    assert "㛃䶮𠮷" in found or "name" not in {name for line in lines for name in line.names}
    assert ("Chinesetextprevails" in found or re.search("[a-z]{20}", found)) if bilingual else "employment" not in found

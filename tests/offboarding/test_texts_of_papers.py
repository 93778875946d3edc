"""Every shipped text can be published, prints whole in both languages, and leaves no blank, brace or None."""

import re
import subprocess
from datetime import datetime
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from ehr.clock import LEGAL_ZONE
from ehr.documents import sampling
from ehr.documents.kinds import texts
from ehr.documents.markup import Line, parse, printed
from ehr.documents.models import PaperText
from handover.papers import TEXTS as LETTERS
from offboarding.documents import TEXTS

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
TOGETHER = ("兹证明", "双方劳动合同期限为")
"""The three sentences of the certificate are one in English."""
NAMES = sorted(path.stem for folder in (TEXTS, LETTERS) for path in folder.glob("*.txt"))


def text_of(name: str) -> PaperText:
    kind, _dot, variant = name.partition(".")
    return PaperText.objects.get(kind=kind, variant=variant, entity=None)


def words(pdf: bytes, folder: Path) -> str:
    (folder / "paper.pdf").write_bytes(pdf)
    done = subprocess.run(["pdftotext", "-layout", folder / "paper.pdf", "-"], capture_output=True, check=True)
    return re.sub(r"\s+", "", done.stdout.decode())


def as_printed(value: Any) -> list[str]:
    """Days and sums as a Chinese paper writes them; of a list every line."""
    if isinstance(value, list):
        return [said for one in value for said in as_printed(str(one).rstrip("。"))]
    if found := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", str(value)):
        return [f"{found[1]}年{int(found[2])}月{int(found[3])}日"]
    if re.match(r"\d{4}-\d\d-\d\dT", str(value)):
        here = datetime.fromisoformat(value).astimezone(LEGAL_ZONE)
        return [f"{here.year}年{here.month}月{here.day}日{here:%H:%M}"]
    if re.fullmatch(r"\d+\.\d\d", str(value)):
        return [f"{Decimal(value):,.2f}"]
    return [re.sub(r"\s+", "", str(value))]


def test_a_sample_cites_the_article_of_its_own_ground() -> None:
    text = text_of("termination_notice.LCL41_2")

    assert sampling.values_of(text)["article"] == "第四十一条第一款第（二）项"


def test_a_receipt_names_the_paper_as_it_is_headed(at: Any, tmp_path: Path) -> None:
    found = words(sampling.sample_pdf(text_of("expiry_notice"), bilingual=True, at=at, is_draft=False), tmp_path)

    assert "时收到《终止劳动合同通知书》" in found


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

    values = sampling.values_of(text)
    lines = printed(parse(text.body), text.spec.merge, values, bilingual=False)
    named = {name for line in lines for name in line.names}
    for field in named & values.keys():
        for said in as_printed(values[field]):
            assert said in found, field
    assert not re.search(r"[{}]|None", found)
    assert "㛃䶮𠮷" in found or "name" not in named
    assert ("Chinesetextprevails" in found or re.search("[a-z]{20}", found)) if bilingual else "employment" not in found


@pytest.mark.parametrize("bilingual", [False, True])
@pytest.mark.parametrize("name", [name for name in NAMES if not name.startswith("certificate")])
def test_what_is_torn_off_signed_or_sealed_stands_with_words(
    name: str, bilingual: bool, at: Any, tmp_path: Path
) -> None:
    (tmp_path / "paper.pdf").write_bytes(sampling.sample_pdf(text_of(name), bilingual=bilingual, at=at, is_draft=False))
    done = subprocess.run(["pdftotext", "-layout", tmp_path / "paper.pdf", "-"], capture_output=True, check=True)

    _first, *later = done.stdout.decode().split("\f")[:-1]
    begun = [[line for line in page.splitlines() if line.strip()][1].strip() for page in later]

    alone = re.compile("送达回执|意 *见 *回 *复|送 达 回 执|制单|华彩零售|甲方（盖章）|见证人")
    assert [words for words in begun if alone.match(words)] == []


@pytest.mark.parametrize("name", NAMES)
def test_its_english_leaves_nothing_out(name: str) -> None:
    """Whatever a line says beside its fields is said in English below it; of a list what follows it."""
    lines = [line for line in parse(text_of(name).body) if line.mark != "-"]
    own = {line.number: "".join(part.text for cell in line.cells for part in cell) for line in lines}

    alone = [
        own[line.number]
        for line, below in pairwise([*lines, lines[-1]])
        if not line.english and re.search("[一-鿿]", own[line.number]) and not _follows(below, line)
    ]

    assert [said for said in alone if not said.startswith(TOGETHER)] == []


def _follows(below: Line, line: Line) -> bool:
    return below.english and below.mark in ((line.mark,) if line.mark == "|" else (line.mark, "", "~"))


def test_a_heading_and_its_english_stand_on_one_line() -> None:
    text = text_of("termination_notice.LCL39_2")

    html = sampling.sample_words(text, body=text.body, bilingual=True, at=datetime(2026, 5, 18, tzinfo=LEGAL_ZONE))
    plain = sampling.sample_words(text, body=text.body, bilingual=False, at=datetime(2026, 5, 18, tzinfo=LEGAL_ZONE))

    assert '<h2>一、事实 <span lang="en" class="en">Facts</span></h2>' in html
    assert "<h2>二、依据 " in html
    assert "The company told the union the reasons in writing on 8 May 2026." in html
    assert "<h2>一、事实</h2>" in plain


@pytest.mark.parametrize("name", ["settlement", "handover_letter"])
def test_a_table_drawn_by_the_product_is_in_both_languages(name: str, at: Any) -> None:
    text = text_of(name)

    html = sampling.sample_words(text, body=text.body, bilingual=True, at=at)
    plain = sampling.sample_words(text, body=text.body, bilingual=False, at=at)

    heads = re.findall(r'<th scope="col"[^>]*>(.*?)</th>', html)
    assert len(heads) > 4
    assert [head for head in heads if 'lang="en"' not in head] == []
    assert re.search("Confirmed by</span></span>|Head of department</span></span>", html)
    assert 'lang="en"' not in plain


@pytest.mark.parametrize("name", ["expiry_notice", "union_letter", "mutual_agreement.LCL36_EMPLOYER", "refusal_record"])
def test_what_is_signed_below_is_in_both_languages(name: str, at: Any) -> None:
    text = text_of(name)

    html = sampling.sample_words(text, body=text.body, bilingual=True, at=at)
    plain = sampling.sample_words(text, body=text.body, bilingual=False, at=at)

    said = re.compile("Received by|Signature or seal|Party B|Witness 1")
    assert said.search(html.rpartition("<section")[2])
    assert not said.search(plain)

"""A paper carries the glyphs that are printed, at their own numbers: it looks and reads as with its whole fonts."""

import subprocess
from pathlib import Path

import pytest

from ehr.documents import paper

WORDS = "<p>㛃䶮𠮷于2026年5月18日解除，<b>采购专员</b>“约定”—12,434元 Notice of Termination</p>"


def fonts(pdf: Path) -> list[str]:
    done = subprocess.run(["pdffonts", pdf], capture_output=True, check=True, text=True)
    return done.stdout.splitlines()[2:]


def written(folder: Path, name: str, html: str = WORDS) -> Path:
    (folder / name).write_bytes(paper.to_pdf(f"<html lang='zh-Hans'><body>{html}</body></html>"))
    return folder / name


def drawn(pdf: Path) -> bytes:
    return subprocess.run(["pdftoppm", "-r", "100", "-png", pdf], capture_output=True, check=True).stdout


def test_only_printed_glyphs_are_in_the_file(tmp_path: Path) -> None:
    made = written(tmp_path, "small.pdf")

    assert len(fonts(made)) == 2
    assert all("CID Type 0C" in line for line in fonts(made))
    assert made.stat().st_size < 40_000


def test_it_looks_and_reads_as_with_its_whole_fonts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from weasyprint.pdf import stream
    from weasyprint.pdf.fonts import Font

    small = written(tmp_path, "small.pdf")
    monkeypatch.setattr(stream, "Font", Font)
    whole = written(tmp_path, "whole.pdf")

    said = subprocess.run(["pdftotext", small, "-"], capture_output=True, check=True, text=True).stdout
    assert any("(OT)" in line for line in fonts(whole))
    assert drawn(small) == drawn(whole)
    assert "㛃䶮𠮷于2026年5月18日解除" in said


def test_a_font_of_another_kind_is_left_as_it_is(tmp_path: Path) -> None:
    made = written(tmp_path, "plain.pdf", "<p style='font-family: DejaVu Sans'>9f2c41ab</p>")

    assert ["CID TrueType" in line for line in fonts(made)] == [True]

"""The fonts in a paper: the glyphs that are printed and nothing else.

WeasyPrint keeps every glyph at its number and so, before the last one printed, sixty thousand empty ones: half the time
of a Chinese paper and most of its file. A font that is keyed by CID says itself which of its glyphs has which number, so
its numbers survive without them (PDF 32000-1, 9.7.4.2)."""

from functools import lru_cache
from io import BytesIO
from typing import Any

KEPT = {"CFF ", "head", "hhea", "hmtx", "maxp"}
_numbered_by_cid: dict[str, bool] = {}


@lru_cache(maxsize=1)
def use() -> None:
    from weasyprint.pdf import stream
    from weasyprint.pdf.fonts import Font

    class SmallFont(Font):
        is_small = False

        def _harfbuzz_subset(self, to_unicode: dict[int, str], hinting: bool) -> None:
            found = _printed(self, sorted(to_unicode)) if not self.missing and _is_numbered_by_cid(self) else b""
            if found:
                self.file_content, self.is_small = found, True
            else:
                super()._harfbuzz_subset(to_unicode, hinting)

        @property
        def type(self) -> str:
            return "otf" if self.is_small else str(super().type)

    stream.Font = SmallFont


def name_their_format(_document: Any, pdf: Any) -> None:
    """The table of glyphs stands alone, without the OpenType file around it."""
    for thing in pdf.objects:
        extra = getattr(thing, "extra", {})
        if extra.get("Subtype") == "/OpenType" and not thing.stream[0].startswith(b"OTTO"):
            extra["Subtype"] = "/CIDFontType0C"


def _is_numbered_by_cid(font: Any) -> bool:
    """Read once per process: the whole font is large."""
    if font.hash not in _numbered_by_cid:
        _numbered_by_cid[font.hash] = "CFF " in font.tables and _numbers_are_cids(font)
    return _numbered_by_cid[font.hash]


def _numbers_are_cids(font: Any) -> bool:
    from fontTools.ttLib import TTFont

    face = TTFont(BytesIO(font.file_content), fontNumber=font.index, lazy=True)
    top = face["CFF "].cff.topDictIndex[0]
    return hasattr(top, "ROS") and all(name == f"cid{at:05d}" for at, name in enumerate(top.charset) if at)


def _printed(font: Any, numbers: list[int]) -> bytes:
    from fontTools.ttLib import TTFont
    from weasyprint.text.ffi import ffi, harfbuzz, harfbuzz_subset
    from weasyprint.text.fonts import get_hb_object_data

    def put(into: Any, values: list[int]) -> None:
        harfbuzz.hb_set_add_sorted_array(into, ffi.new("hb_codepoint_t[]", values), len(values))

    wanted = ffi.gc(harfbuzz_subset.hb_subset_input_create_or_fail(), harfbuzz_subset.hb_subset_input_destroy)
    put(harfbuzz_subset.hb_subset_input_glyph_set(wanted), numbers)
    dropped = harfbuzz_subset.hb_subset_input_set(wanted, harfbuzz_subset.HB_SUBSET_SETS_DROP_TABLE_TAG)
    put(dropped, sorted(harfbuzz.hb_tag_from_string(name.encode(), -1) for name in set(font.tables) - KEPT))
    flags = harfbuzz_subset.HB_SUBSET_FLAGS_DESUBROUTINIZE | harfbuzz_subset.HB_SUBSET_FLAGS_NO_HINTING
    harfbuzz_subset.hb_subset_input_set_flags(wanted, flags)
    face = ffi.gc(harfbuzz_subset.hb_subset_or_fail(font.hb_face, wanted), harfbuzz.hb_face_destroy)
    data = get_hb_object_data(face) if face else b""
    return bytes(TTFont(BytesIO(data)).reader["CFF "]) if data else b""

from base64 import b64decode
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ehr.documents import codes, seal
from ehr.documents.digests import content_digest
from ehr.documents.qr import SCALE, qr_image
from ehr.documents.sniffing import media_type_of


@given(st.integers(min_value=0, max_value=2**128 - 1))
def test_a_code_survives_being_typed_with_dashes_in_small_letters(value: int) -> None:
    code = codes.encode(value)

    assert len(code) == 26
    assert codes.normalise(codes.grouped(code).lower()) == code


def test_letters_that_look_like_digits_are_read_as_digits() -> None:
    assert codes.normalise("o" * 13 + "l" * 13) == "0" * 13 + "1" * 13


@pytest.mark.parametrize("text", ["", "ABC", "A" * 27, "！" * 26, "../" * 9])
def test_what_cant_be_a_code_is_nothing(text: str) -> None:
    assert codes.normalise(text) == ""


def test_codes_are_never_the_same() -> None:
    assert len({codes.new_code() for _ in range(1000)}) == 1000


def test_the_seal_spreads_the_name_over_222_degrees() -> None:
    svg = seal.seal_svg("衡川商贸（上海）有限公司", label="公章")

    assert "rotate(-111.0" in svg
    assert "rotate(111.0" in svg
    assert svg.count("<text") == 12


def test_a_long_company_name_still_fits_the_arc() -> None:
    from math import radians

    assert seal.font_size(40) * 40 <= seal.RADIUS * radians(seal.ARC) * 1.25
    assert seal.font_size(8) == seal.LARGEST


def test_markup_in_a_company_name_is_escaped_in_the_seal() -> None:
    assert "<b>" not in seal.seal_svg("<b>", label='"x')


def test_the_qr_code_is_a_small_image_of_its_modules() -> None:
    import segno
    from PIL import Image

    text = "https://ehr.hengchuan.example/verify/" + "A" * 26 + "/"

    tag = qr_image(text, label='核验"')

    drawn = Image.open(BytesIO(b64decode(tag.split("base64,")[1].split('"')[0]))).convert("L")
    modules = segno.make(text, error="m", micro=False).matrix
    seen = [[drawn.getpixel((x * SCALE, y * SCALE)) == 0 for x in range(len(modules))] for y in range(len(modules))]
    assert seen == [[bool(module) for module in row] for row in modules]
    assert drawn.size == (len(modules) * SCALE, len(modules) * SCALE)
    assert len(tag) < 2_000
    assert 'alt="核验&quot;"' in tag


def test_the_fingerprint_depends_on_what_is_said_not_on_its_order() -> None:
    first = content_digest(number="1", kind="k", template_version=1, context={"a": 1, "b": 2})
    same = content_digest(number="1", kind="k", template_version=1, context={"b": 2, "a": 1})
    other = content_digest(number="1", kind="k", template_version=1, context={"a": 1, "b": 3})

    assert first == same != other


PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 64
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01" + b"\x00" * 64


def a_zip(*names: str) -> bytes:
    import zipfile

    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (b"%PDF-1.7\n1 0 obj\n", "application/pdf"),
        (PNG, "image/png"),
        (JPEG, "image/jpeg"),
        ("客户,电话\n邱工,021\n".encode(), "text/plain"),
        ("客户资料".encode("gb18030"), "text/plain"),
        (a_zip("a.txt"), "application/zip"),
        (
            a_zip("[Content_Types].xml", "word/document.xml"),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        (a_zip("[Content_Types].xml", "word/vbaProject.bin"), ""),
        (b"<html><script>alert(1)</script>", ""),
        (b"%PDF-1.7\n<script>alert(1)</script>", ""),
        (b"text\n<svg onload=alert(1)>", ""),
        (JPEG + a_zip("evil.html"), ""),
        (b"%PDF-1.7\n" + a_zip("evil.jar"), ""),
        (b"MZ\x90\x00" + b"\x00" * 100, ""),
        (b"\x00\x01\x02", ""),
    ],
)
def test_a_file_is_what_its_bytes_say_and_two_things_at_once_are_nothing(data: bytes, media_type: str) -> None:
    assert media_type_of(BytesIO(data)) == media_type

"""The image of a company's seal: what is taken, what is left of the file, and which papers carry it."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw, PngImagePlugin

from ehr import clock
from ehr.errors import Refused
from ehr.record.models import Event
from ehr.units.employers import seals
from ehr.units.employers.changing import change_seal, employer_version, remove_seal
from ehr.units.models import LegalEntity
from tests.access.cast import api_client, sign_in


def a_seal(width: int = 500, height: int = 500, colour: str = "#c02a1e", kind: str = "PNG", **options: Any) -> bytes:
    image = Image.new("RGBA", (width, height))
    ImageDraw.Draw(image).ellipse((10, 10, width - 10, height - 10), outline=colour, width=8)
    out = io.BytesIO()
    (image if kind == "PNG" else image.convert("RGB")).save(out, kind, **options)
    return out.getvalue()


def cleaned(data: bytes) -> bytes:
    return seals.cleaned(io.BytesIO(data), size=len(data))


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def test_the_same_image_gives_the_same_bytes_and_nothing_else_of_its_file() -> None:
    about = PngImagePlugin.PngInfo()
    about.add_text("Author", "王某某")

    plain, spoken = cleaned(a_seal()), cleaned(a_seal(pnginfo=about) + b"<?php trailing ?>")

    assert plain == spoken
    assert "王某某".encode() not in spoken
    assert not opened(spoken).info


def test_an_oval_seal_stands_in_a_square_undistorted() -> None:
    image = opened(cleaned(a_seal(750, 500)))

    assert image.size == (750, 750)
    assert image.getbbox() == (10, 135, 741, 616)


def test_a_large_one_is_made_as_small_as_print_needs() -> None:
    assert opened(cleaned(a_seal(3000, 3000))).size == (seals.KEPT, seals.KEPT)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (a_seal(kind="JPEG"), "seal_no_png"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "seal_no_png"),
        (b"", "seal_no_png"),
        (a_seal()[:400], "seal_no_png"),
        (a_seal(399, 399), "seal_unclear"),
        (a_seal(4001, 4001), "seal_unclear"),
        (a_seal(900, 500), "seal_too_long"),
        (a_seal(colour="#fff"), "seal_blank"),
        (a_seal() + bytes(seals.LARGEST), "seal_too_big"),
    ],
    ids=["jpeg", "svg", "empty", "cut off", "small", "huge", "long", "white on white", "heavy"],
)
def test_what_is_no_seal_is_refused_by_name(data: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        cleaned(data)

    assert (refused.value.code, refused.value.field) == (code, "file")


@pytest.mark.parametrize("side", [8_000, 30_000])
def test_a_huge_image_in_a_small_file_is_measured_and_not_unpacked(monkeypatch: Any, side: int) -> None:
    out = io.BytesIO()
    Image.new("1", (side, side)).save(out, "PNG")
    monkeypatch.setattr(Image.Image, "load", lambda self: pytest.fail("unpacked"))

    with pytest.raises(Refused, match="400"):
        cleaned(out.getvalue())


# --- The employer's ---------------------------------------------------------------------------------------------
@pytest.fixture
def entity(cast: Any, settings: Any, tmp_path: Path) -> LegalEntity:
    settings.MEDIA_ROOT = tmp_path
    return LegalEntity.objects.get(pk=cast.employer.pk)


def sent(entity: LegalEntity, data: bytes, **said: Any) -> dict[str, Any]:
    file = SimpleUploadedFile("公章.png", data)
    return {"file": file, "version": employer_version(entity), "reason": "换发新章"} | said


def give(entity: LegalEntity, data: bytes, by: Any) -> None:
    content, version = io.BytesIO(data), employer_version(entity)
    change_seal(entity=entity, content=content, size=len(data), version=version, reason="换章", by=by, at=clock.now())
    entity.refresh_from_db()


@pytest.mark.django_db
@pytest.mark.slow
class TestOfAnEmployer:
    def test_group_hr_gives_it_and_sees_it(self, cast: Any, entity: LegalEntity) -> None:
        hr = sign_in(cast.group_hr)

        answer = hr.post(f"/legal-entities/{entity.pk}/seal/", sent(entity, a_seal()))

        assert answer.status_code == 302
        assert "data:image/png;base64," in hr.get(answer["Location"]).content.decode()
        [event] = Event.objects.filter(kind="units.entity.seal_changed")
        entity.refresh_from_db()
        assert entity.seal.name == f"seals/{event.payload['seal_sha256']}.png"
        assert event.payload["reason"] == "换发新章"

    def test_by_the_api_it_comes_back_as_it_was_kept(self, cast: Any, entity: LegalEntity) -> None:
        client, address = api_client(cast.group_hr), f"/api/v1/legal-entities/{entity.pk}/seal/"
        assert client.get(address).status_code == 404

        answer = client.post(address, sent(entity, a_seal()), format="multipart", HTTP_IDEMPOTENCY_KEY="one")

        assert answer.json()["has_own_seal"] is True
        assert b"".join(client.get(address).streaming_content) == cleaned(a_seal())

    def test_taken_away_the_drawn_one_is_back_and_the_file_stays(self, cast: Any, entity: LegalEntity) -> None:
        give(entity, a_seal(), cast.admin)
        key = entity.seal.name
        said = {"version": employer_version(entity), "reason": "旧章作废"}

        sign_in(cast.admin).post(f"/legal-entities/{entity.pk}/seal/removal/", said)

        entity.refresh_from_db()
        assert not entity.seal
        assert entity.seal.storage.exists(key)
        assert Event.objects.filter(kind="units.entity.seal_changed").latest("id").payload["seal_sha256"] == ""

    def test_the_same_image_again_changes_nothing(self, cast: Any, entity: LegalEntity, settings: Any) -> None:
        for _ in range(2):
            give(entity, a_seal(), cast.admin)

        assert Event.objects.filter(kind="units.entity.seal_changed").count() == 1
        assert len(list(Path(settings.MEDIA_ROOT).rglob("*.png"))) == 1

    def test_a_bad_file_and_a_missing_reason_are_said_beside_the_field(self, cast: Any, entity: LegalEntity) -> None:
        hr, address = sign_in(cast.group_hr), f"/legal-entities/{entity.pk}/seal/"

        no_image = hr.post(address, sent(entity, a_seal(kind="JPEG")))
        no_reason = hr.post(address, sent(entity, a_seal(), reason=" "))

        entity.refresh_from_db()
        assert (no_image.status_code, no_reason.status_code, bool(entity.seal)) == (422, 422, False)
        assert 'id="seal_file_error"' in no_image.content.decode()
        assert 'id="seal_reason_error"' in no_reason.content.decode()

    def test_who_read_another_seal_replaces_none(self, cast: Any, entity: LegalEntity) -> None:
        stale = sent(entity, a_seal())
        give(entity, a_seal(colour="#0000c0"), cast.admin)
        before = entity.seal.name

        answer = sign_in(cast.group_hr).post(f"/legal-entities/{entity.pk}/seal/", stale)

        entity.refresh_from_db()
        assert (answer.status_code, entity.seal.name) == (409, before)

    def test_removing_what_is_not_there_is_nothing(self, cast: Any, entity: LegalEntity) -> None:
        assert not remove_seal(entity=entity, version="", reason="", by=cast.admin, at=clock.now())

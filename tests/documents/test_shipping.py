"""What a release says anew: followed where nobody wrote anything else, offered where somebody did."""

from pathlib import Path
from typing import Any

import pytest

from ehr.documents import rendering, shipping, texts
from ehr.documents.models import PaperText
from ehr.errors import WrongState
from ehr.record.models import Event
from tests.access.cast import sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
STATES = ("version", "state")


@pytest.fixture
def first() -> PaperText:
    return PaperText.objects.in_force().get(kind="certificate", entity=None)


@pytest.fixture
def release(tmp_path: Path, monkeypatch: Any, at: Any, first: PaperText) -> Any:
    folder = tmp_path / "texts"
    folder.mkdir()

    def _release(words: str = "特此证明，请予接洽。") -> int:
        (folder / "certificate.txt").write_text(first.body.replace("特此证明。", words))
        monkeypatch.setattr(shipping, "folders", {folder})
        return shipping.keep_up(at=at)

    return _release


def states() -> list[tuple[int, str]]:
    return list(PaperText.objects.filter(kind="certificate").order_by("version").values_list(*STATES))


def publish(draft: PaperText, cast: Any, at: Any) -> None:
    texts.ask_review(text=draft, note="x", by=cast.legal, at=at)
    texts.publish(text=draft, by=cast.group_hr, at=at)


@pytest.fixture
def own(cast: Any, at: Any, first: PaperText) -> PaperText:
    draft = texts.open_draft(kind="certificate", variant="", entity=None, by=cast.legal, at=at)
    texts.write(text=draft, body=first.body.replace("特此证明。", "特此证明！"), by=cast.legal, at=at)
    publish(draft, cast, at)
    return draft


def test_where_nobody_wrote_their_own_it_is_in_force_at_once(release: Any) -> None:
    done = release()

    assert (done, release()) == (1, 0)
    assert states() == [(1, "retired"), (2, "in_force")]
    assert Event.objects.filter(kind="ehr.paper_text.published", actor=None).count() == 1


def test_without_a_release_nothing_happens() -> None:
    from django.utils import timezone

    assert shipping.keep_up(at=timezone.now()) == 0
    assert states() == [(1, "in_force")]


def test_beside_a_text_of_their_own_it_is_offered(cast: Any, own: PaperText, release: Any) -> None:
    release()

    offered = PaperText.objects.get(state="offered")
    page = sign_in(cast.hrbp).get(own.get_absolute_url()).content.decode()
    whole = sign_in(cast.hrbp).get(offered.get_absolute_url()).content.decode()
    assert states() == [(1, "retired"), (2, "in_force"), (3, "offered")]
    assert offered.get_absolute_url() in page
    assert "<del>特此证明！</del><ins>特此证明，请予接洽。</ins>" in whole


@pytest.fixture
def companys(cast: Any, at: Any, first: PaperText) -> PaperText:
    draft = texts.open_draft(kind="certificate", variant="", entity=cast.employer, by=cast.legal, at=at)
    texts.write(text=draft, body=first.body.replace("特此证明。", "本公司特此证明。"), by=cast.legal, at=at)
    publish(draft, cast, at)
    return draft


def of_company(cast: Any) -> list[tuple[int, str]]:
    return list(PaperText.objects.filter(entity=cast.employer).order_by("version").values_list(*STATES))


def test_a_company_with_a_text_of_its_own_is_offered_it_too(
    cast: Any, at: Any, companys: PaperText, release: Any
) -> None:
    done = release()

    offered = PaperText.objects.get(state="offered")
    page = sign_in(cast.hrbp).get(companys.get_absolute_url()).content.decode()
    whole = sign_in(cast.hrbp).get(offered.get_absolute_url()).content.decode()
    assert done == 2
    assert of_company(cast) == [(1, "in_force"), (2, "offered")]
    assert PaperText.objects.in_force().get(kind="certificate", entity=None).version == 2
    assert offered.get_absolute_url() in page
    assert "<del>本公司特此证明。</del><ins>特此证明，请予接洽。</ins>" in whole
    publish(texts.take_over(text=offered, by=cast.legal, at=at), cast, at)
    assert of_company(cast) == [(1, "retired"), (2, "retired"), (3, "in_force")]


def test_what_a_company_put_aside_is_not_offered_again(cast: Any, at: Any, companys: PaperText, release: Any) -> None:
    release()

    texts.discard(text=PaperText.objects.get(state="offered"), by=cast.legal, at=at)

    assert release() == 0
    assert of_company(cast) == [(1, "in_force"), (2, "retired")]


def test_a_company_that_took_it_as_it_is_follows_again(cast: Any, at: Any, companys: PaperText, release: Any) -> None:
    release()
    publish(texts.take_over(text=PaperText.objects.get(state="offered"), by=cast.legal, at=at), cast, at)

    release("谨此证明。")

    assert of_company(cast)[-1] == (4, "in_force")


def test_a_company_that_began_after_a_release_is_not_told_of_it(cast: Any, release: Any, request: Any) -> None:
    release()
    request.getfixturevalue("companys")

    assert release() == 0
    assert of_company(cast) == [(1, "in_force")]


def test_it_is_taken_as_a_draft_that_a_second_person_publishes(
    cast: Any, at: Any, own: PaperText, release: Any
) -> None:
    release()
    offered = PaperText.objects.get(state="offered")

    answer = sign_in(cast.legal).post(f"{offered.get_absolute_url()}draft/")

    draft = PaperText.objects.get(state="draft")
    assert (answer.url, draft.body) == (draft.get_absolute_url(), offered.body)
    publish(draft, cast, at)
    assert states() == [(1, "retired"), (2, "retired"), (3, "retired"), (4, "in_force")]


def test_whoever_took_it_as_it_is_follows_again(cast: Any, at: Any, own: PaperText, release: Any) -> None:
    release()
    publish(texts.take_over(text=PaperText.objects.get(state="offered"), by=cast.legal, at=at), cast, at)

    release("谨此证明。")

    assert states()[-1] == (5, "in_force")
    assert not PaperText.objects.filter(state="offered").exists()


def test_what_was_put_aside_is_not_offered_again(cast: Any, own: PaperText, release: Any) -> None:
    release()
    offered = PaperText.objects.get(state="offered")

    sign_in(cast.legal).post(f"{offered.get_absolute_url()}discard/")

    assert release() == 0
    assert states() == [(1, "retired"), (2, "in_force"), (3, "retired")]


def test_what_somebody_wrote_already_is_not_offered(own: PaperText, release: Any) -> None:
    assert release("特此证明！") == 0
    assert states() == [(1, "retired"), (2, "in_force")]


def test_a_newer_offer_takes_the_place_of_the_earlier(own: PaperText, release: Any) -> None:
    release()

    release("谨此证明。")

    assert states()[2:] == [(3, "retired"), (4, "offered")]


def test_who_is_writing_is_not_overtaken(cast: Any, at: Any, release: Any) -> None:
    texts.open_draft(kind="certificate", variant="", entity=None, by=cast.legal, at=at)
    release()

    with pytest.raises(WrongState):
        texts.take_over(text=PaperText.objects.get(state="offered"), by=cast.legal, at=at)

    assert states() == [(1, "in_force"), (2, "draft"), (3, "offered")]


def test_an_issued_paper_keeps_its_words(issue: Any, release: Any) -> None:
    paper = issue()

    release()

    assert "特此证明。" in rendering.html_of(paper)
    assert "请予接洽" in rendering.html_of(issue(subject="offboarding.case:2"))

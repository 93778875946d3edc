"""Texts of papers: a small language that runs nothing, drafts with a preview, and two people for what is in force."""

from typing import Any

import pytest

from ehr.documents import kind_of, sampling, texts
from ehr.documents.fields import Field, FieldType
from ehr.documents.markup import missing, parse, problems
from ehr.documents.models import PaperText
from ehr.documents.setting import set_text
from ehr.errors import Refused, WrongState
from tests.access.cast import sign_in

FIELDS = {
    field.name: field
    for field in (
        Field(name="name", label="姓名"),
        Field(name="day", label="日期", type=FieldType.DATE),
        Field(name="sum", label="金额", type=FieldType.MONEY),
        Field(name="place", label="地点", optional=True),
        Field(name="end", label="止", type=FieldType.DATE, empty="无固定期限", empty_en="no fixed end"),
        Field(name="facts", label="事实", type=FieldType.LINES),
        Field(name="seal", label="印章", type=FieldType.BLOCK, template="documents/blocks/seal.html"),
    )
}


def html(body: str, bilingual: bool = False, **values: Any) -> str:
    return set_text(body, FIELDS, values, bilingual=bilingual, around={})


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("{{ nobody }}", "unknown_field"),
        ("{{ name.delete }}", "stray_brace"),
        ("{% load ui %}", "stray_brace"),
        ("{{ name", "stray_brace"),
        ("{{ name:capitals }}", "unknown_style"),
        ("**{{ name }}", "unclosed_bold"),
        ("在{{ place }}", "may_be_blank"),
        ("落款 {{ seal }}", "block_not_alone"),
        ("{{ day }}", "must_name"),
        ("> {{ name }}", "must_name"),
        ("? {{ name }}", "must_name"),
        ("字" * 20_001, "too_long"),
    ],
)
def test_what_can_not_be_published(body: str, code: str) -> None:
    assert code in {problem.code for problem in problems(body, FIELDS, must=("name",))}


def test_values_take_the_form_of_their_type() -> None:
    body = "{{ name }}于{{ day }}领取{{ sum }}元（{{ sum:capitals }}），至{{ end }}\n> {{ day }} {{ sum }} {{ end }}"

    found = html(body, True, name="㛃䶮𠮷", day="2026-05-18", sum="37302.05", end="")

    assert "㛃䶮𠮷于" in found
    assert "2026年5月18日" in found
    assert "37,302.05元（人民币叁万柒仟叁佰零贰元零伍分），至无固定期限" in found
    assert "18 May 2026 CNY 37,302.05 no fixed end" in found


def test_every_word_is_escaped() -> None:
    found = html("<b>{{ name }}</b>\n- {{ facts }}", name="<script>", facts=["<i>"])

    assert "<script>" not in found
    assert "&lt;b&gt;&lt;script&gt;&lt;/b&gt;" in found
    assert "<li>&lt;i&gt;</li>" in found


def test_a_paragraph_that_may_be_left_out_leaves_no_blank() -> None:
    assert html("? 地点：{{ place }}。", place="") == ""
    assert "地点：上海。" in html("? 地点：{{ place }}。", place="上海")


def test_headings_are_numbered_as_they_are_printed() -> None:
    assert "<h2>一、甲</h2>" in html("## 甲\n## 乙")
    assert "<h2>二、乙</h2>" in html("## 甲\n? ## 丙{{ place }}\n## 乙")


def test_the_english_of_a_row_stands_in_its_cells() -> None:
    body = "| 姓名 | {{ name }} |\n> | Name | |\n| 日期 | {{ day }} |\n> | Day | {{ day }} |\n> | More | x |"

    both = html(body, True, name="㛃", day="2026-05-18")
    plain = html(body, name="㛃", day="2026-05-18")

    assert '<tr><th scope="row">姓名 <span lang="en" class="en">Name</span></th><td>㛃</td></tr>' in both
    assert 'class="nb">2026年5月18日</span> <span lang="en" class="en">18 May 2026</span></td></tr>' in both
    assert '<tr><th scope="row">More</th><td>x</td></tr>' in both
    assert "Name" not in plain
    assert plain.count("<tr>") == 2


def test_only_what_is_printed_can_be_missing() -> None:
    body = "{{ name }}{{ end }}\n? {{ place }}\n> {{ day }}"

    assert [one.name for one in missing(body, FIELDS, {}, bilingual=False)] == ["name"]
    assert [one.name for one in missing(body, FIELDS, {"name": "甲"}, bilingual=True)] == ["day"]


def test_a_text_is_read_line_by_line() -> None:
    (line,) = parse("> ? | {{ name }} | 乙 |")

    assert (line.english, line.optional, line.mark, len(line.cells)) == (True, True, "|", 2)


# --- Versions -----------------------------------------------------------------------------------------------
@pytest.fixture
def draft(cast: Any, at: Any) -> PaperText:
    return texts.open_draft(kind="return_demand", variant="", entity=None, by=cast.group_hr, at=at)


@pytest.mark.django_db
def test_a_second_person_publishes_and_the_earlier_version_retires(cast: Any, at: Any, draft: PaperText) -> None:
    texts.write(text=draft, body=draft.body.replace("联系人", "对接人"), by=cast.group_hr, at=at)
    texts.ask_review(text=draft, note="用词", by=cast.group_hr, at=at)
    with pytest.raises(Refused) as refusal:
        texts.publish(text=draft, by=cast.group_hr, at=at)

    texts.publish(text=draft, by=cast.legal, at=at)

    states = dict(PaperText.objects.filter(kind="return_demand").values_list("version", "state"))
    assert refusal.value.code == "second_person"
    assert states == {1: "retired", 2: "in_force"}
    with pytest.raises(WrongState):
        texts.write(text=draft, body="x", by=cast.group_hr, at=at)


@pytest.mark.django_db
def test_a_text_with_an_unknown_field_goes_to_nobody(cast: Any, at: Any, draft: PaperText) -> None:
    texts.write(text=draft, body=f"{draft.body}{{{{ salary }}}}", by=cast.group_hr, at=at)

    with pytest.raises(Refused) as refusal:
        texts.ask_review(text=draft, note="工资", by=cast.group_hr, at=at)

    assert refusal.value.code == "text_unknown_field"
    assert "salary" in refusal.value.detail


@pytest.mark.django_db
def test_the_companys_own_text_goes_before_the_groups(cast: Any, at: Any) -> None:
    own = texts.open_draft(kind="return_demand", variant="", entity=cast.employer, by=cast.group_hr, at=at)
    texts.ask_review(text=own, note="本公司", by=cast.group_hr, at=at)
    texts.publish(text=own, by=cast.legal, at=at)

    found = PaperText.objects.for_paper(kind="return_demand", variant="", entity=cast.employer)

    assert found.pk == own.pk
    assert PaperText.objects.in_force().filter(kind="return_demand").count() == 2


@pytest.mark.django_db
def test_a_sealed_paper_keeps_its_seal(cast: Any, at: Any, draft: PaperText) -> None:
    draft.body = draft.body.replace("{{ seal }}", "")

    assert [(one.code, one.what) for one in draft.problems] == [("must_name", "seal")]
    assert kind_of("return_demand").sealed


@pytest.mark.django_db
def test_the_preview_follows_what_is_typed(cast: Any, draft: PaperText) -> None:
    editor = sign_in(cast.group_hr)
    url = f"/documents/texts/{draft.pk}/"

    page = editor.get(url).content.decode()
    good = editor.post(f"{url}preview/", {"body": draft.body.replace("联系人", "对接人")}).content.decode()
    bad = editor.post(f"{url}preview/", {"body": "{{ salary }}"}).content.decode()
    pdf = editor.get(f"{url}sample/")

    assert "㛃䶮𠮷 女士" in page
    assert "对接人" in good
    assert "salary" in bad
    assert "㛃䶮𠮷" not in bad
    assert b"".join(pdf).startswith(b"%PDF")
    draft.refresh_from_db()
    assert "对接人" not in draft.body


@pytest.mark.django_db
def test_a_sample_shows_no_brace_even_for_a_company(cast: Any, at: Any) -> None:
    own = texts.open_draft(kind="certificate", variant="", entity=cast.employer, by=cast.group_hr, at=at)

    words = sampling.sample_words(own, body=own.body, bilingual=True, at=at)

    assert cast.employer.name in words
    assert "{" not in words


@pytest.mark.django_db
def test_what_somebody_else_wrote_since_is_neither_overwritten_nor_published_unread(
    cast: Any, at: Any, draft: PaperText
) -> None:
    one, other, url = sign_in(cast.group_hr), sign_in(cast.legal), draft.get_absolute_url()
    read = draft.body_sha256
    theirs, mine = draft.body.replace("联系人", "对接人"), draft.body.replace("联系人", "经办人")

    page = one.get(url).content.decode()
    first = other.post(url, {"body": theirs, "read": read})
    late = one.post(url, {"body": mine, "read": read})

    draft.refresh_from_db()
    assert f'name="read" value="{read}"' in page
    assert (first.status_code, late.status_code) == (302, 409)
    assert "对接人" in draft.body and "经办人" in late.content.decode()
    texts.ask_review(text=draft, note="用词", by=cast.legal, at=at)
    assert one.post(f"{url}publication/", {"read": read}).status_code == 409
    assert one.post(f"{url}publication/", {"read": draft.body_sha256}).status_code == 302

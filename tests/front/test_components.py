"""The parts that pages are built of."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.template import Context, Template, TemplateSyntaxError
from django.utils import translation
from django.utils.safestring import mark_safe

from ehr.templatetags import words

COMPONENTS = Path("templates/components")


def render(source: str, **values: Any) -> str:
    return Template("{% load ui words %}" + source).render(Context(values))


class Tags(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.found if name == tag]


class DateForm(forms.Form):
    last_day = forms.DateField(label="Last day", help_text="As agreed", widget=forms.DateInput)
    note = forms.CharField(label="Note", required=False, widget=forms.Textarea)
    way = forms.ChoiceField(label="Way", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)


def test_an_icon_is_decoration_unless_it_has_a_label() -> None:
    assert 'aria-hidden="true"' in render('{% icon "bell" %}')
    named = render('{% icon "bell" "Notices" %}')
    assert 'aria-label="Notices"' in named and "aria-hidden" not in named


def test_a_state_is_shown_by_tone_and_icon_and_word() -> None:
    chip = render('{% ui "chip" tone="bad" text="Overdue" %}')
    assert 'data-tone="bad"' in chip
    assert "#alert-triangle" in chip
    assert "Overdue" in chip


def test_a_component_sees_only_the_values_it_was_given() -> None:
    assert "secret" not in render('{% ui "chip" tone="ok" %}', text="secret")


def test_a_kept_drawing_of_safe_text_is_never_given_for_the_same_text_typed_by_somebody() -> None:
    source = '{% ui "mark" tone="ok" text=text %}'

    assert "<b>x</b>" in render(source, text=mark_safe("<b>x</b>"))
    assert "<b>x</b>" not in render(source, text="<b>x</b>")
    assert "<b>x</b>" in render(source, text=mark_safe("<b>x</b>"))


def test_a_kept_drawing_speaks_the_language_of_its_reader() -> None:
    source = '{% ui "ring" value=47 %}'
    with translation.override("en"):
        assert "47% done" in render(source)
    with translation.override("zh-hans"):
        assert "47% done" not in render(source)


def test_a_component_escapes_what_people_typed() -> None:
    assert "<script>" not in render('{% ui "chip" tone="ok" text=text %}', text="<script>x</script>")
    timeline = render('{% ui "timeline" items=items %}', items=[{"tone": "ok", "text": "<b>x</b>"}])
    assert "<b>x</b>" not in timeline


def test_a_component_takes_named_values_only() -> None:
    with pytest.raises(TemplateSyntaxError):
        render('{% ui "chip" "ok" %}')


def test_the_content_of_a_wrapping_component_stands_inside_it() -> None:
    note = render('{% uiwrap "note" tone="warn" title="Soon" %}<p>inside</p>{% enduiwrap %}')
    assert note.index("ui-note") < note.index("<p>inside</p>") < note.rindex("</div>")


def test_a_button_that_cant_be_pressed_stays_in_reach_and_says_why() -> None:
    button = Tags(render('{% ui "button" text="Sign" why_not="3 items are open" %}')).all("button")[0]
    assert button["aria-disabled"] == "true"
    assert button["aria-description"] == "3 items are open"
    assert "disabled" not in button


def test_the_ring_draws_its_share_without_a_style_attribute() -> None:
    ring = render('{% ui "ring" value=62 size="l" sub="13 / 21" %}')
    assert 'stroke-dasharray="62 100"' in ring
    assert "style=" not in ring


def test_an_empty_ring_has_no_second_arc() -> None:
    assert "stroke-dasharray" not in render('{% ui "ring" value=0 %}')


def test_a_field_ties_its_help_and_its_error_to_the_control() -> None:
    html = Tags(render("{% field form.last_day %}", form=DateForm({"last_day": ""})))
    control = html.all("input")[0]
    described = (control["aria-describedby"] or "").split()
    ids = {attrs.get("id") for _, attrs in html.found}
    assert control["type"] == "date"
    assert control["aria-invalid"] == "true"
    assert described and set(described) <= ids


def test_a_date_field_keeps_its_value_in_the_way_a_browser_reads() -> None:
    html = Tags(render("{% field form.last_day %}", form=DateForm(initial={"last_day": date(2026, 11, 24)})))
    assert html.all("input")[0]["value"] == "2026-11-24"


def test_each_choice_of_a_group_has_its_own_label() -> None:
    html = Tags(render("{% field form.way %}", form=DateForm()))
    assert [label["for"] for label in html.all("label")] == [field["id"] for field in html.all("input")]


def test_the_summary_names_every_field_that_is_wrong_and_takes_the_focus() -> None:
    summary = render('{% ui "form_summary" form=form %}', form=DateForm({}))
    assert "data-focus" in summary
    assert 'href="#id_last_day"' in summary
    assert "Note" not in summary


def test_a_form_carries_a_one_time_token() -> None:
    html = Tags(render('{% uiwrap "form" form=form action="/x/" submit="Go" %}{% enduiwrap %}', form=DateForm()))
    hidden = [field for field in html.all("input") if field.get("type") == "hidden"]
    assert any(len(field["value"] or "") > 16 for field in hidden)


def test_every_component_says_what_it_takes() -> None:
    silent = [
        path.name
        for path in COMPONENTS.glob("*.html")
        if "{{" in path.read_text() and not path.read_text().startswith(("{#", "{% comment %}", "{% load"))
    ]
    assert silent == []


# --- Words ------------------------------------------------------------------------------------------------

THIS_YEAR = datetime.now(tz=UTC).year


def test_a_date_is_said_with_its_weekday() -> None:
    monday = date.fromisocalendar(THIS_YEAR, 30, 1)
    assert words.day(monday) == f"{monday.month}月{monday.day}日 周一"


def test_a_date_of_another_year_names_the_year() -> None:
    assert words.day(date(2019, 3, 11)) == "2019年3月11日 周一"


def test_no_date_is_a_dash() -> None:
    assert words.day(None) == "—"


def test_english_dates_are_english() -> None:
    with translation.override("en"):
        assert words.day(date(2019, 3, 11)) == "11 Mar 2019 Mon"


@pytest.mark.parametrize(("days", "said"), [(-1, "昨天 15:30"), (0, "今天 15:30"), (1, "明天 15:30")])
def test_what_is_near_is_said_in_words(days: int, said: str) -> None:
    half_past_three = datetime(2026, 11, 18, 7, 30, tzinfo=UTC) + timedelta(days=days)
    assert words.spoken(half_past_three, today=date(2026, 11, 18)) == said


def test_late_evening_in_utc_is_already_tomorrow_here() -> None:
    assert words.spoken(datetime(2026, 11, 18, 16, 30, tzinfo=UTC), today=date(2026, 11, 18)) == "明天 00:30"


def test_money_has_two_decimals_and_its_unit() -> None:
    assert words.money(Decimal("37302")) == "37,302.00 元"


def test_a_chinese_given_name_stands_in_the_avatar() -> None:
    assert [words.initials(name) for name in ("周远航", "Ada Lovelace", "")] == ["远航", "AL", ""]


def test_the_same_name_always_has_the_same_colour() -> None:
    assert words.hue("周远航") == words.hue("周远航")
    assert {words.hue(name) for name in map(str, range(60))} == set(range(1, 7))

"""Which units stand for which employer after an import, and who employs a row that doesn't say."""

import pytest

from ehr.record import Event
from ehr.units.models import LegalEntity, OrgUnit
from employees.importing.running import Importing, proposed_mapping
from employees.importing.sources import open_source
from employees.models import Employment
from tests.factories.employees import a_unit, employed

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

RETAIL, SUPPLY = "衡川零售有限公司", "衡川供应链有限公司"
GROUP_OF_TWO = (
    f"1,张伟,2021-04-12,零售事业部/华东区/一店,{RETAIL}",
    f"2,李雷,2021-04-12,零售事业部/华南区,{RETAIL}",
    f"3,韩梅,2021-04-12,供应链中心,{SUPPLY}",
)


@pytest.fixture
def bring(tmp_path, at):
    def run(*lines: str, header: str = "工号,姓名,入职日期,部门,用人单位", **options):
        path = tmp_path / "people.csv"
        path.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
        source = open_source(path)
        return Importing(source, proposed_mapping(source), at=at, **options).run()

    return run


def linked() -> dict[str, str]:
    rows = OrgUnit.objects.naming_an_employer().select_related("legal_entity")
    return {unit.name: unit.legal_entity.name for unit in rows}


def reasons(report) -> list[tuple[int, str, str]]:
    return [(one["row"], one["field"], one["reason"]) for one in report["rejected"]]


def test_the_topmost_units_that_agree_stand_for_their_employer(bring):
    report = bring(*GROUP_OF_TWO)

    assert linked() == {"零售事业部": RETAIL, "供应链中心": SUPPLY}
    assert OrgUnit.objects.get(name="一店").employer_entity().name == RETAIL
    told = {one["employer"]: (one["units"], one["names"]) for one in report["employers_named"]}
    assert told == {RETAIL: (1, ["零售事业部"]), SUPPLY: (1, ["供应链中心"])}


def test_the_dry_run_says_the_same_and_links_nothing(bring):
    tried = bring(*GROUP_OF_TWO, dry_run=True)
    assert not OrgUnit.objects.exists() and not LegalEntity.objects.exists()

    done = bring(*GROUP_OF_TWO)

    by_name = [sorted((one["employer"], one["names"]) for one in run["employers_named"]) for run in (tried, done)]
    assert by_name[0] == by_name[1]
    assert tried["created"] == done["created"] == 3


def test_a_second_time_nothing_is_linked(bring):
    bring(*GROUP_OF_TWO)
    events = Event.objects.count()

    assert bring(*GROUP_OF_TWO)["employers_named"] == []
    assert Event.objects.count() == events


def test_a_roster_older_than_a_rename_means_the_same_employer(bring, cast, at):
    bring(*GROUP_OF_TWO)
    retail = LegalEntity.objects.get(name=RETAIL)
    retail.rename("衡川生活零售有限公司", reason="更名", by=cast.admin, at=at)
    before = LegalEntity.objects.count()

    bring(*GROUP_OF_TWO, f"4,林涛,2021-04-12,零售事业部,{RETAIL}")

    assert Employment.objects.get(employee_number="4").employer == retail
    assert LegalEntity.objects.count() == before


def test_a_former_name_that_another_bears_now_is_that_other(bring, cast, at):
    bring(*GROUP_OF_TWO)
    LegalEntity.objects.get(name=RETAIL).rename("衡川生活零售有限公司", reason="更名", by=cast.admin, at=at)
    other = LegalEntity.objects.create(code="NEW", name=RETAIL)

    bring(f"4,林涛,2021-04-12,零售事业部,{RETAIL}")

    assert Employment.objects.get(employee_number="4").employer == other


def test_one_employer_stands_at_the_top_alone(bring):
    bring(f"1,张伟,2021-04-12,零售事业部,{RETAIL}", f"2,李雷,2021-04-12,供应链中心,{RETAIL}")

    assert linked() == {"集团": RETAIL}


def test_the_employer_that_nobody_named_stands_at_the_top_too(bring):
    report = bring("1,张伟,2021-04-12,零售事业部,")

    assert linked() == {"集团": "集团"}
    assert report["employers_named"] == [{"employer": "集团", "units": 1, "names": ["集团"]}]


def test_people_who_left_say_nothing_about_who_employs_there_now(bring):
    header = "工号,姓名,入职日期,部门,用人单位,离职日期"
    bring(f"1,张伟,2021-04-12,零售事业部,{RETAIL},", f"2,李雷,2011-04-12,零售事业部,{SUPPLY},2019-12-31", header=header)

    assert linked()["集团"] == RETAIL


def test_a_few_rows_do_not_speak_for_people_who_are_not_in_the_file(bring):
    """The department of three hundred is not that of the five who came today."""
    group = a_unit("衡川集团", legal_entity=None)
    retail = a_unit("零售事业部", parent=group)
    other = LegalEntity.objects.create(code="SUP", name=SUPPLY)
    employed("秦明", unit=retail, employee_number="9", employer=other)

    bring(f"1,张伟,2021-04-12,零售事业部/一店,{RETAIL}")

    assert linked() == {"一店": RETAIL}


def test_what_somebody_named_or_took_away_is_left_as_it_is(bring, at):
    bring(*GROUP_OF_TWO)
    own = LegalEntity.objects.create(code="OWN", name="衡川华东有限公司")
    OrgUnit.objects.get(name="集团").employ(own, by=None, at=at)
    OrgUnit.objects.get(name="零售事业部").employ(None, by=None, at=at)
    OrgUnit.objects.get(name="供应链中心").employ(own, by=None, at=at)

    bring(*GROUP_OF_TWO)

    now = linked()
    assert (now["集团"], now["供应链中心"]) == (own.name, own.name)
    assert "零售事业部" not in now


def test_a_row_that_does_not_say_is_employed_as_its_unit_says(bring):
    bring(*GROUP_OF_TWO)

    bring("4,魏青,2024-04-12,零售事业部/华东区,")

    assert Employment.objects.get(employee_number="4").employer.name == RETAIL


@pytest.mark.parametrize("dry_run", [True, False])
def test_among_several_employers_a_row_that_nothing_answers_for_stays_out_by_name(bring, dry_run):
    lines = (*GROUP_OF_TWO, "4,魏青,2024-04-12,研发中心,", "5,褚遂,2024-04-12,供应链中心,")

    report = bring(*lines, dry_run=dry_run)

    assert reasons(report) == [(5, "employer", "employer_open")]
    assert (report["accepted"], report["created"]) == (4, 4)


def test_somebody_on_file_needs_no_employer_in_the_file(bring):
    bring(*GROUP_OF_TWO, f"4,魏青,2024-04-12,研发中心,{RETAIL}", f"5,褚遂,2024-04-12,研发中心,{SUPPLY}")

    report = bring("4,魏青,2024-04-12,研发中心,", "6,卫东,2024-04-12,研发中心,")

    assert reasons(report) == [(3, "employer", "employer_open")]
    assert report["unchanged"] == 1
    assert Employment.objects.get(employee_number="4").employer.name == RETAIL


def test_the_import_names_who_brought_the_file(bring, cast):
    OrgUnit.objects.update(legal_entity=None)

    bring(f"1,张伟,2021-04-12,供应链中心/采购部,{SUPPLY}", by=cast.group_hr)

    fact = Event.objects.get(kind="units.unit.employer_set")
    assert (fact.actor, OrgUnit.objects.get(pk=fact.payload["unit_id"]).name) == (cast.group_hr, "采购部")

"""The import as a whole: bad rows stay out, good ones get in whole, and a second run changes nothing."""

import csv
import gc
import io
import json
import sys
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from openpyxl import Workbook

from ehr.crypto.models import DataKey
from ehr.record import Event
from ehr.units.models import OrgUnit
from employees.importing import arrivals, limits, running
from employees.importing.running import Importing, proposed_mapping
from employees.importing.sources import open_source
from employees.models import Contract, Employment, NumberSequence, Person
from tests.factories import rosters
from tests.factories.employees import a_unit, employed, id_number

ROSTER = Path(__file__).parent.parent / "data" / "mfg_persons_dev.csv"
pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def bring(tmp_path, at):
    def run(*lines: str, header: str = "工号,姓名,入职日期", **options):
        path = tmp_path / "people.csv"
        path.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
        source = open_source(path)
        return Importing(source, proposed_mapping(source), at=at, **options).run()

    return run


def id_number_of(path: Path, number: str) -> str:
    """As it stands in the file."""
    rows = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8")))
    return next(row["身份证号"] for row in rows if row["工号"] == number)


def reasons(report) -> list[str]:
    return [one["reason"] for one in report["rejected"]]


def test_the_real_roster_comes_in_whole(tmp_path, at):
    call_command("import_employees", str(ROSTER), report=tmp_path / "r.json", stdout=io.StringIO())

    report = json.loads((tmp_path / "r.json").read_text())
    assert (report["rows_in"], report["accepted"], report["rejected"]) == (6284, 6284, [])
    assert Employment.objects.current().count() == 5214
    assert Employment.objects.filter(status="left", exit_reason="Retirement").count() == 766
    assert Event.objects.filter(kind="employees.employment.hired").count() == 6284
    assert Employment.objects.get(employee_number="1318").unit.path.count("/") == 5


def test_twice_the_same_file_changes_nothing(tmp_path, at):
    path = rosters.write_csv(tmp_path / "r.csv", 300)
    first, second = (Importing(s := open_source(path), proposed_mapping(s), at=at).run() for _ in range(2))
    events = Event.objects.count()

    third = Importing(s := open_source(path), proposed_mapping(s), at=at).run()

    assert (first["created"], second["created"], second["updated"]) == (first["accepted"], 0, 0)
    assert second["unchanged"] == first["accepted"]
    assert Event.objects.count() == events
    assert third["checksums"] == first["checksums"]


BROKEN_ROWS = [
    (10, "hire_date", "date_impossible"),
    (20, "employee_number", "number_twice:20"),
    (30, "id_number", "id_number_twice:30"),
    (40, "name", "missing"),
    (50, "line_manager", "manager_unknown"),
    (60, "base_pay", "not_a_number"),
    (70, "id_number", "id_number_check"),
]
"""The broken person of the roster, the field that is named, the reason with the row of its double."""


@pytest.mark.parametrize(("write", "header_rows"), [(rosters.write_csv, 1), (rosters.write_xlsx, 2)])
def test_seven_kinds_of_broken_rows_stay_out_by_name_and_stop_nobody(tmp_path, at, write, header_rows):
    path = write(tmp_path / "r", 75, broken_every=10)
    source = open_source(path)

    report = Importing(source, proposed_mapping(source), at=at).run()

    told = [(line["row"], line["field"], line["reason"]) for line in report["rejected"]]
    assert told == [(nth + header_rows, field, shifted(reason, header_rows)) for nth, field, reason in BROKEN_ROWS]
    assert {reason.partition(":")[0] for _, _, reason in BROKEN_ROWS} == set(rosters.BROKEN)
    assert (report["rows_in"], report["accepted"], report["rejected_count"]) == (75, 68, 7)
    assert Employment.objects.count() == Person.objects.count() == Contract.objects.count() == 68
    assert Event.objects.filter(kind="employees.employment.hired").count() == 68


def shifted(reason: str, header_rows: int) -> str:
    """A double is named by the row before it, as the spreadsheet counts."""
    code, _, person = reason.partition(":")
    return f"{code}:{int(person) - 1 + header_rows}" if person else code


def test_a_roster_in_gb18030_comes_in_whole(tmp_path, at):
    path = rosters.write_csv(tmp_path / "r.csv", 30, encoding="gb18030")
    source = open_source(path)

    report = Importing(source, proposed_mapping(source), at=at).run()

    assert (report["accepted"], report["rejected"]) == (30, [])
    assert Employment.objects.get(employee_number="HC-0000001").employer.name == "衡川集团有限公司"


def test_a_workbook_with_a_merged_header_and_formulas_reports_their_rows(tmp_path, at):
    book = Workbook()
    sheet = book.active
    for cells in (
        ["工号", "姓名", "入职日期", "劳动合同", None],
        [None, None, None, "开始", "到期"],
        ["1", "张伟", "2021-04-12", "2021-04-12", "2024-04-11"],
        ["2", "=A3", "2021-04-12", "2021-04-12", "2024-04-11"],
        ["=A3+1", "李雷", "2021-04-12", "2021-04-12", "2024-04-11"],
    ):
        sheet.append(cells)
    for area in ("A1:A2", "B1:B2", "C1:C2", "D1:E1"):
        sheet.merge_cells(area)
    book.save(tmp_path / "r.xlsx")
    source = open_source(tmp_path / "r.xlsx")

    report = Importing(source, proposed_mapping(source), at=at).run()

    assert [(line["row"], line["field"], line["reason"]) for line in report["rejected"]] == [
        (4, "name", "formula_blank"),
        (5, "employee_number", "formula_blank"),
    ]
    assert Contract.objects.get().end_date == date(2024, 4, 11)
    assert set(Employment.objects.values_list("employee_number", flat=True)) == {"1"}


def test_text_that_is_a_formula_in_a_csv_is_refused_and_named(bring):
    report = bring('1,"=HYPERLINK(""http://x.example"",""点我"")",2021-04-12', "2,张伟,2021-04-12")

    assert [(line["row"], line["field"], line["reason"]) for line in report["rejected"]] == [
        (2, "name", "formula_text")
    ]
    assert Employment.objects.get().employee_number == "2"


def test_covered_values_are_masked_in_the_report(bring):
    number = id_number()
    broken = number[:17] + ("0" if number[17] != "0" else "1")

    report = bring(f"1,张伟,2021-04-12,{broken}", header="工号,姓名,入职日期,身份证号")

    assert number[6:14] not in json.dumps(report)
    assert report["rejected"][0]["value_masked"].startswith(number[:6])


def test_what_is_sensitive_is_encrypted_and_found_by_its_index(bring):
    number = id_number()

    bring(f"1,张伟,2021-04-12,{number},13800138000,9000", header="工号,姓名,入职日期,身份证号,手机号,月薪")

    person = Person.objects.get(id_number_index=number)
    assert (person.id_number, person.phone, person.employments.get().base_pay) == (number, "13800138000", "9000.00")
    with connection.cursor() as cursor:
        cursor.execute("SELECT id_number FROM employees_person")
        assert number.encode() not in bytes(cursor.fetchone()[0])


def test_a_dry_run_writes_nothing(bring):
    report = bring("1,张伟,2021-04-12,上海部", header="工号,姓名,入职日期,部门", dry_run=True)

    assert (report["created"], report["units_created"]) == (1, 1)
    assert not Employment.objects.exists() and not OrgUnit.objects.exists() and not Event.objects.exists()


def test_duplicates_inside_the_file(bring):
    number = id_number()

    report = bring(
        f"1,张伟,2021-04-12,{number}", "1,李雷,2021-04-12,", f"2,张伟,2021-05-01,{number}",
        header="工号,姓名,入职日期,身份证号",
    )  # fmt: skip

    assert reasons(report) == ["number_twice:2", "id_number_twice:2"]


def test_an_id_number_of_somebody_else_is_refused(bring, db):
    number = id_number()
    employed("张伟", unit=a_unit(), employee_number="1", person_facts={"id_number": number})

    report = bring(f"2,李雷,2021-04-12,{number}", header="工号,姓名,入职日期,身份证号")

    assert reasons(report) == ["id_number_taken"]


def test_somebody_who_left_comes_back_as_the_same_person(bring, at):
    number = id_number()
    before = employed("张伟", unit=a_unit(), employee_number="1", person_facts={"id_number": number})
    before.end(termination_date=date(2023, 1, 31), by=None, at=at)

    bring(f"2,张伟,2024-04-12,{number}", header="工号,姓名,入职日期,身份证号")

    assert Employment.objects.get(employee_number="2").person_id == before.person_id


def test_an_exit_in_the_file_ends_the_employment(bring):
    bring("1,张伟,2021-04-12,")

    report = bring("1,张伟,2021-04-12,2025-12-31,辞职", header="工号,姓名,入职日期,离职日期,离职原因")

    employment = Employment.objects.get()
    assert (employment.status, employment.termination_date) == ("left", date(2025, 12, 31))
    assert report["ended"] == 1
    assert Event.objects.filter(kind="employees.employment.ended").count() == 1


def test_a_file_does_not_undo_an_exit(bring, at):
    bring("1,张伟,2021-04-12")
    Employment.objects.get().end(termination_date=date(2026, 5, 17), by=None, at=at)

    assert reasons(bring("1,张伟,2021-04-12")) == ["already_left"]


def test_a_file_does_not_cut_short_a_case(bring, at):
    bring("1,张伟,2021-04-12")
    Employment.objects.get().file_exit(by=None, at=at)

    report = bring("1,张伟,2021-04-12,2026-05-01", header="工号,姓名,入职日期,离职日期")

    assert reasons(report) == ["exit_in_process"]
    assert Employment.objects.get().status == "leaving"


def test_the_mailbox_of_the_company_is_none_of_the_private_ones(bring):
    header = "工号,姓名,入职日期,公司邮箱,邮箱"

    report = bring("1,张伟,2021-04-12,zw@corp.example,zw@home.example", "2,李娜,2021-04-12,keins,", header=header)

    employment = Employment.objects.get(employee_number="1")
    assert (employment.work_email, employment.person.personal_email) == ("zw@corp.example", "zw@home.example")
    assert [(one["column"], one["reason"]) for one in report["rejected"]] == [("公司邮箱", "email_shape")]


def test_only_cells_that_differ_are_changed(bring):
    bring("1,张伟,2021-04-12,导购,P3", header="工号,姓名,入职日期,岗位,职级")

    report = bring("1,张伟,2021-04-12,店长,", header="工号,姓名,入职日期,岗位,职级")

    employment = Employment.objects.get()
    assert (employment.job_title, employment.grade_code) == ("店长", "P3")
    assert (report["updated"], report["cells_changed"]) == (1, 1)
    assert Event.objects.get(kind="employees.employment.changed").payload["fields"] == ["job_title"]


def test_managers_may_stand_below_their_people(bring):
    bring("1,张伟,2021-04-12,2", "2,李雷,2020-01-01,", "3,韩梅,2021-01-01,李雷", header="工号,姓名,入职日期,直属领导")

    assert [Employment.objects.get(employee_number=n).line_manager.employee_number for n in "13"] == ["2", "2"]


def test_a_name_that_two_people_have_is_no_manager(bring):
    report = bring(
        "1,李雷,2021-04-12,", "2,李雷,2020-01-01,", "3,韩梅,2021-01-01,李雷", header="工号,姓名,入职日期,直属领导"
    )

    assert reasons(report) == ["manager_ambiguous:2"]


def test_a_broken_row_of_the_manager_does_not_stop_the_team(bring):
    report = bring("1,李雷,2023-02-30,", "2,韩梅,2021-01-01,1", header="工号,姓名,入职日期,直属领导")

    assert reasons(report) == ["date_impossible"]
    assert [one["reason"] for one in report["warnings"]] == ["manager_not_written"]
    assert Employment.objects.get(employee_number="2").line_manager is None


def test_units_are_found_by_path_or_made(bring):
    group = a_unit("衡川集团", code="HC")
    retail = a_unit("零售事业部", code="RETAIL", parent=group)

    bring(
        "1,张伟,2021-04-12,衡川集团/零售事业部/杭州店", "2,李雷,2021-04-12,零售事业部", header="工号,姓名,入职日期,部门"
    )

    made = OrgUnit.objects.get(name="杭州店")
    assert (made.parent, made.kind) == (retail, "store")
    assert Employment.objects.get(employee_number="2").unit == retail
    assert OrgUnit.objects.count() == 3


def test_rows_without_a_number_get_one_by_the_rule_and_keep_it(bring):
    a_unit("衡川集团", code="HC")
    line = f"张伟,2021-04-12,{id_number()}"

    bring(line, header="姓名,入职日期,身份证号")
    report = bring(line, header="姓名,入职日期,身份证号")

    assert Employment.objects.get().employee_number == "HC-GR-2021-00001"
    assert report["unchanged"] == 1


def test_numbers_of_the_file_raise_the_running_number(bring):
    bring("HC-GR-2021-00630,张伟,2021-04-12")

    assert NumberSequence.objects.get().last == 630


def test_a_row_the_database_refuses_stays_out_alone(bring, monkeypatch):
    monkeypatch.setitem(arrivals.LENGTHS, "job_title", 500)

    report = bring(
        "1,张伟,2021-04-12,店长",
        f"2,李雷,2021-04-12,{'长' * 90}",
        "3,韩梅,2021-04-12,导购",
        header="工号,姓名,入职日期,岗位",
    )

    assert reasons(report) == ["database_refused"]
    assert set(Employment.objects.values_list("employee_number", flat=True)) == {"1", "3"}


@pytest.mark.django_db(transaction=True)
def test_a_crash_leaves_whole_rows_and_a_second_run_completes(tmp_path, at, monkeypatch):
    path = rosters.write_csv(tmp_path / "r.csv", 60, broken_every=1000)
    for module in (limits, running):
        monkeypatch.setattr(module, "CHUNK", 20)
    monkeypatch.setattr("employees.importing.survey.CHUNK", 20)
    source, chunks = open_source(path), []

    def die(done: int) -> None:
        chunks.append(done)
        if done == 40:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Importing(source, proposed_mapping(source), at=at, progress=die).run()
    assert Employment.objects.count() == Person.objects.count() == Contract.objects.count() == 40
    assert Event.objects.filter(kind="employees.employment.hired").count() == 40

    report = Importing(source, proposed_mapping(source), at=at).run()

    assert (report["created"], Employment.objects.count()) == (20, 60)
    assert not Employment.objects.filter(line_manager=None, employee_number__gt="HC-0000010").exists()


def test_a_chunk_that_goes_in_several_copies_holds_each_person_once(tmp_path, at, monkeypatch):
    monkeypatch.setattr(arrivals, "BATCH", 7)
    path = rosters.write_csv(tmp_path / "r.csv", 30, broken_every=1000)

    report = Importing(s := open_source(path), proposed_mapping(s), at=at).run()

    assert report["created"] == 30
    assert (
        Employment.objects.count()
        == Person.objects.count()
        == Contract.objects.count()
        == DataKey.objects.count()
        == 30
    )
    told = Event.objects.filter(kind="employees.employment.hired").values_list("subject", flat=True)
    assert sorted(told) == sorted(f"employees.employment:{one.pk}" for one in Employment.objects.all())
    for one in Employment.objects.select_related("person__data_key"):
        assert one.person.data_key == one.data_key
        assert one.person.id_number == id_number_of(path, one.employee_number)


def test_an_import_leaves_the_interpreter_as_it_was(bring, monkeypatch):
    before = gc.isenabled(), sys.getswitchinterval()

    bring("1,张伟,2021-04-12")
    monkeypatch.setattr(arrivals, "pinyin", lambda name: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        bring("2,李雷,2021-04-12")

    assert (gc.isenabled(), sys.getswitchinterval()) == before


def test_the_command_ends_with_one_only_when_nothing_could_be_read(tmp_path):
    (tmp_path / "bad.csv").write_text("工号,姓名,入职日期\n1,张伟,2023-02-30\n", encoding="utf-8")
    (tmp_path / "empty.csv").write_bytes(b"")

    call_command("import_employees", str(tmp_path / "bad.csv"), stdout=io.StringIO())
    with pytest.raises(CommandError):
        call_command("import_employees", str(tmp_path / "empty.csv"))


def test_the_command_takes_a_mapping(tmp_path):
    (tmp_path / "a.csv").write_text("x,y,z\n7,张伟,2021-04-12\n", encoding="utf-8")
    (tmp_path / "m.json").write_text(json.dumps({"x": "employee_number", "y": "name", "z": "hire_date"}))

    call_command("import_employees", str(tmp_path / "a.csv"), mapping=tmp_path / "m.json", stdout=io.StringIO())

    assert Employment.objects.get().employee_number == "7"


def test_the_relation_and_the_first_day_of_work_come_in_and_are_corrected(bring, at):
    a_unit()
    header = "工号,姓名,入职日期,用工形式,参加工作时间"

    bring("Z-1,张伟,2021-04-12,小时工,2008-07", "Z-2,王芳,2021-04-12,,", header=header)
    first = {one.employee_number: one for one in Employment.objects.select_related("person")}
    bring("Z-1,张伟,2021-04-12,劳动合同,2008-06-30", header=header)

    assert (first["Z-1"].relation, first["Z-1"].person.first_work_date) == ("part_time", date(2008, 7, 1))
    assert (first["Z-2"].relation, first["Z-2"].person.first_work_date) == ("employment", None)
    now = Employment.objects.select_related("person").get(employee_number="Z-1")
    assert (now.relation, now.person.first_work_date) == ("employment", date(2008, 6, 30))
    changed = Event.objects.get(kind="employees.employment.changed")
    assert changed.payload["fields"] == ["first_work_date", "relation"]

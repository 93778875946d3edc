"""Files as companies send them: encodings, headers, cells."""

import tracemalloc
import zipfile
from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from employees.importing.csv_tables import CsvTable
from employees.importing.limits import MAX_BYTES, ImportRefused
from employees.importing.sources import open_source
from employees.rules.cells import READERS, CellFault
from employees.rules.columns import propose
from employees.rules.id_numbers import CHECK, check_character, fault_of
from employees.rules.rows import read_row, readings
from employees.searching import phrase_pinyin

TODAY = date(2026, 5, 18)
TEXT = "工号,姓名,入职日期\n00042,张伟,2021-04-12\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_every_encoding_reads_the_same(tmp_path, encoding):
    path = tmp_path / "a.csv"
    path.write_bytes(TEXT.encode(encoding))

    source = open_source(path)

    assert source.headers == ["工号", "姓名", "入职日期"]
    assert list(source.rows()) == [(2, ["00042", "张伟", "2021-04-12"])]


def test_gb18030_with_four_byte_characters(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(TEXT.replace("张伟", "𠮷㐂").encode("gb18030"))

    assert list(open_source(path).rows())[0][1][1] == "𠮷㐂"


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_every_delimiter_is_found(tmp_path, delimiter):
    path = tmp_path / "a.csv"
    path.write_text(TEXT.replace(",", delimiter), encoding="utf-8")

    assert open_source(path).headers == ["工号", "姓名", "入职日期"]


def test_title_rows_above_the_header_are_skipped(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("衡川集团花名册,,\n制表：2026-05,,\n" + TEXT, encoding="utf-8")

    source = open_source(path)

    assert source.headers[0] == "工号"
    assert [number for number, _ in source.rows()] == [4]


def test_a_merged_header_of_two_rows_becomes_one(tmp_path):
    sheet, path = a_sheet(tmp_path)
    sheet.append(["衡川集团花名册"])
    sheet.append(["工号", "姓名", "入职日期", "劳动合同", None])
    sheet.append([None, None, None, "开始", "到期"])
    sheet.append(["00042", "张伟", datetime(2021, 4, 12), "2021-04-12", "无固定期限"])
    sheet.merge_cells("A1:E1")
    for column in "ABC":
        sheet.merge_cells(f"{column}2:{column}3")
    sheet.merge_cells("D2:E2")
    sheet.parent.save(path)

    source = open_source(path)

    assert propose(source.headers, pinyin=phrase_pinyin) == [
        "employee_number",
        "name",
        "hire_date",
        "contract_start",
        "contract_end",
    ]
    assert [number for number, _ in source.rows()] == [4]


def test_a_formula_counts_by_its_stored_result_and_without_one_it_is_named(tmp_path):
    sheet, path = a_sheet(tmp_path)
    sheet.append(["工号", "姓名", "入职日期"])
    sheet.append(["00042", "=A2", "2021-04-12"])
    sheet.parent.save(path)

    source = open_source(path)

    assert source.table.blank_formulas == {(1, 1)}


def test_an_empty_margin_does_not_shift_the_columns(tmp_path):
    sheet, path = a_sheet(tmp_path)
    for column, texts in (("C", ["工号", "00042"]), ("D", ["姓名", "张伟"])):
        for row, text in enumerate(texts, start=3):
            sheet[f"{column}{row}"] = text
    sheet.parent.save(path)

    source = open_source(path)

    assert list(source.rows()) == [(4, ["", "", "00042", "张伟"])]
    assert source.headers == ["", "", "工号", "姓名"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file_empty"),
        (b"PK\x03\x04 not a workbook", "file_not_a_workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "file_old_excel"),
        (b"\x00\x01\x02\x03", "file_not_a_table"),
        (b"\xff\xff\xff\x81", "file_encoding"),
        (b"only one cell\n", "no_header"),
    ],
)
def test_what_is_no_table_is_refused_by_name(tmp_path, content, code):
    path = tmp_path / "a"
    path.write_bytes(content)

    with pytest.raises(ImportRefused) as refusal:
        open_source(path)

    assert refusal.value.code == code


def test_a_file_over_200_mb_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "a.csv"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)

    with pytest.raises(ImportRefused, match="file_too_big"):
        open_source(path)


def test_a_large_file_of_one_line_is_refused_without_being_held_in_memory(tmp_path):
    path = tmp_path / "a.csv"
    with path.open("w", encoding="utf-8") as file:
        for _ in range(30):
            file.write("工号,姓名,入职日期," * 100_000)
    table = CsvTable(path)
    tracemalloc.start()

    with pytest.raises(ImportRefused, match="file_not_a_table"):
        list(table.rows())

    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert path.stat().st_size > 80_000_000
    assert peak < 20_000_000


def test_a_workbook_that_unpacks_to_a_thousand_times_its_size_is_refused(tmp_path):
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"A" * 60_000_000)

    with pytest.raises(ImportRefused, match="file_too_big"):
        open_source(path)


@pytest.mark.slow
def test_more_than_200000_rows_are_refused(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("工号,姓名\n" + "1,a\n" * 200_100, encoding="utf-8")

    with pytest.raises(ImportRefused, match="too_many_rows"):
        list(open_source(path).rows())


@pytest.mark.parametrize(
    ("kind", "cell", "value"),
    [
        ("date", "2021-04-12", date(2021, 4, 12)),
        ("date", "2021/4/12", date(2021, 4, 12)),
        ("date", "2022.03.14", date(2022, 3, 14)),
        ("date", "2021年4月12日", date(2021, 4, 12)),
        ("date", "20210412", date(2021, 4, 12)),
        ("date", "2021-04-12 00:00:00", date(2021, 4, 12)),
        ("date", "43535", date(2019, 3, 11)),
        ("date", 43535.0, date(2019, 3, 11)),
        ("date", datetime(2021, 4, 12, 8), date(2021, 4, 12)),
        ("date", "—", None),
        ("number", 1318.0, "1318"),
        ("number", "00042", "00042"),
        ("number", '="00042"', "00042"),
        ("number", "hc-hd-1", "HC-HD-1"),
        ("phone", "+86 138-0013-8000", "13800138000"),
        ("phone", 13800138000.0, "13800138000"),
        ("money", "37,302.00 元", "37302.00"),
        ("money", "￥5000", "5000.00"),
        ("days", "1.25", Decimal("1.2")),
        ("probation", "6 个月", 6),
        ("contract_end", "无固定期限", "open"),
        ("gender", "F", "female"),
        ("family", "研发", "rnd"),
        ("status", "试用期", "active"),
        ("month_or_date", "2008-07", date(2008, 7, 1)),
        ("month_or_date", "2008年7月", date(2008, 7, 1)),
        ("month_or_date", "200807", date(2008, 7, 1)),
        ("month_or_date", "2008.07.15", date(2008, 7, 15)),
        ("month_or_date", 39630.0, date(2008, 7, 1)),
        ("relation", "小时工", "part_time"),
        ("relation", "实习生", "intern"),
        ("relation", "返聘", "rehired_retiree"),
        ("relation", "劳务协议", "service"),
        ("relation", "劳务派遣", "dispatched"),
        ("relation", "劳动合同", "employment"),
    ],
)
def test_a_cell_is_read_as_people_write_it(kind, cell, value):
    assert READERS[kind](cell) == value


@pytest.mark.parametrize(
    ("kind", "cell", "code"),
    [
        ("date", "2023/2/29", "date_impossible"),
        ("date", "下周一", "date_shape"),
        ("date", "12", "date_shape"),
        ("text", '=HYPERLINK("http://x.example","点我")', "formula_text"),
        ("text", "#REF!", "formula_error"),
        ("id_number", 3.1010119900307e17, "id_number_lost_digits"),
        ("account", 6.2220212345678e18, "account_lost_digits"),
        ("phone", "转 8012", "phone_shape"),
        ("email", "a@b", "email_shape"),
        ("money", "面议", "not_a_number"),
        ("money", "-1", "money_range"),
        ("money", "NaN", "not_a_number"),
        ("integer", "1.5", "not_a_count"),
        ("number", "A B\u200bC", "number_shape"),
        ("family", "宇航", "family_unknown"),
        ("relation", "外包", "relation_unknown"),
        ("month_or_date", 2008.1, "date_shape"),
        ("month_or_date", "2008-13", "date_impossible"),
    ],
)
def test_a_cell_that_can_not_be_read_says_why(kind, cell, code):
    with pytest.raises(CellFault) as fault:
        READERS[kind](cell)

    assert fault.value.code == code


@given(st.text("0123456789", min_size=6, max_size=6), st.dates(date(1930, 1, 1), date(2008, 1, 1)), st.integers(0, 999))
def test_only_one_check_character_fits(area, born, nth):
    first = f"{area}{born:%Y%m%d}{nth:03d}"
    right = check_character(first)

    assert fault_of(first + right, today=TODAY) == ""
    assert {fault_of(first + other, today=TODAY) for other in CHECK if other != right} == {"id_number_check"}


def test_the_published_example_of_the_standard():
    """GB 11643-1999, appendix A."""
    assert fault_of("11010519491231002X", today=TODAY) == ""


@pytest.mark.parametrize(
    ("header", "key"),
    [
        ("入职日期（必填）", "hire_date"),
        ("Hire_Date", "hire_date"),
        ("ruzhiriqi", "hire_date"),
        ("本人手机号码", "phone"),
        ("直属领导", "line_manager"),
        ("民族", ""),
        ("employee_id", "employee_number"),
        ("参加工作时间（年月）", "first_work_date"),
        ("工龄起算日", "first_work_date"),
        ("工作时间", ""),
        ("用工形式", "relation"),
        ("员工类型", "relation"),
        ("员工状态", "status"),
        ("合同类型", "contract_kind"),
    ],
)
def test_headers_are_recognised(header, key):
    assert propose([header], pinyin=phrase_pinyin) == [key]


def test_a_field_is_proposed_once():
    assert propose(["工号", "员工编号"], pinyin=phrase_pinyin) == ["employee_number", ""]


def test_a_row_names_every_fault():
    plan = readings(enumerate(["employee_number", "name", "hire_date", "exit_date"]))

    row = read_row(9, ["1", "", "2021-04-12", "2020-01-01"], plan, today=TODAY)

    assert {(fault.column, fault.reason) for fault in row.faults} == {
        ("name", "missing"),
        ("exit_date", "exit_before_hire"),
    }


def test_nobody_worked_for_anybody_only_after_the_hire_date():
    plan = readings(enumerate(["employee_number", "hire_date", "first_work_date"]))

    row = read_row(9, ["1", "2021-04-12", "2021-05"], plan, today=TODAY)

    assert [(fault.column, fault.reason) for fault in row.faults] == [("first_work_date", "first_work_after_hire")]


def a_sheet(tmp_path):
    book = Workbook()
    return book.active, tmp_path / "a.xlsx"

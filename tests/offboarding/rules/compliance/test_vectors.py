"""The thirty worked cases, key by key, as the command prints them."""

import json
import os
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from offboarding.vectors import evaluate
from offboarding.vectors.kinds import KINDS
from tests.offboarding.rules.compliance.cases import TABLES

ROOT = Path(__file__).parents[4]
FILE = ROOT / "tests/data/compliance_vectors.json"
VECTORS = json.loads(FILE.read_text(encoding="utf-8"))["vectors"]


def differences(expected: dict, output: dict) -> dict:
    codes = set(output.get("codes", ()))
    checks = {
        "codes_include": lambda wanted: codes.issuperset(wanted),
        "codes_exclude": lambda wanted: codes.isdisjoint(wanted),
    }
    return {
        key: output.get(key)
        for key, wanted in expected.items()
        if not (checks[key](wanted) if key in checks else output.get(key, "nothing") == wanted)
    }


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: f"{vector['id']} {vector['title']}")
def test_a_worked_case_comes_out_exactly(vector):
    [result] = evaluate([vector], tables=TABLES)

    assert differences(vector["expected"], result["output"]) == {}


def test_every_kind_has_a_case():
    assert {vector["kind"] for vector in VECTORS} == set(KINDS)


@pytest.mark.slow
def test_the_command_needs_no_service_and_prints_only_json():
    environment = {"PATH": os.environ["PATH"]}
    command = [sys.executable, "manage.py", "compliance_evaluate", str(FILE)]

    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")
    assert [result["id"] for result in json.loads(done.stdout)["results"]] == [vector["id"] for vector in VECTORS]


PAID = {
    "ground": "LCL38",
    "hire_date": "2020-01-01",
    "last_day": "2026-01-31",
    "avg_wage": "10000",
    "city_avg_wage": "12434",
    "min_wage": "2740",
}


@pytest.mark.parametrize(
    ("vector", "error"),
    [
        ("text", "vector must be an object"),
        ({"id": 1}, "vector.kind is missing"),
        ({"kind": "horoscope", "input": {}}, "vector.kind must be one of service_years, severance"),
        ({"kind": "exit_deadlines"}, "input must be an object"),
        (
            {"kind": "exit_deadlines", "input": {"last_day": "30.11.2026"}},
            "input.last_day must be a date as YYYY-MM-DD",
        ),
        ({"kind": "exit_deadlines", "input": {"last_day": 5}}, "input.last_day must be a string, not 5"),
        (
            {"kind": "service_years", "input": {"hire_date": "2026-02-01", "last_day": "2026-01-31"}},
            "input.last_day lies before hire_date",
        ),
        (
            {"kind": "severance", "input": {"hire_date": "2020-01-01", "last_day": "2026-01-31", "ground": "LCL99"}},
            "input.ground must be one of LCL36_EMPLOYER",
        ),
        (
            {"kind": "deduction_cap", "input": {"month_wage": "-1", "loss": "1", "min_wage": "1"}},
            "input.month_wage must be a decimal, 0 or more, not '-1'",
        ),
        *(
            (
                {"kind": "severance", "input": {**PAID, "avg_wage": endless}},
                "input.avg_wage must be a decimal of 1000000000000 at most",
            )
            for endless in ("1E+999999999", "1E-999999999", "0E+999999999", "1000000000000.01")
        ),
        (
            {"kind": "severance", "input": {**PAID, "city_avg_wage": "0.00"}},  # a cap of nothing would pay nothing
            "input.city_avg_wage must be a decimal above 0, not '0.00'",
        ),
        (
            {"kind": "final_wage", "input": {"monthly_wage": "1", "paid_days": "1.5"}},
            "input.paid_days must be a whole number, 0 or more, not '1.5'",
        ),
        (
            {"kind": "final_wage", "input": {"monthly_wage": "1", "paid_days": 10**13}},
            "input.paid_days must be a decimal of 1000000000000 at most",
        ),
        (
            {"kind": "deduction_cap", "input": {"month_wage": True, "loss": "1", "min_wage": "1"}},
            "input.month_wage must be a decimal",
        ),
        (
            {"kind": "due_date", "input": {"trigger": "2026-04-30T10:00:00", "workdays": 2}},
            "input.trigger must be a time with its offset",
        ),
        (
            {
                "kind": "final_wage",
                "input": {"monthly_wage": "1", "period_start": "2023-05-01", "last_day": "2023-05-09"},
            },
            "B_REF_MISSING: no row in calendar_years for 2023",
        ),
        (
            {
                "kind": "final_wage",
                "input": {"monthly_wage": "1", "period_start": "2026-04-01", "last_day": "2026-05-09"},
            },
            "period_start and last_day must lie in one month",
        ),
        ({"kind": "mass_layoff", "input": {"entity": "A", "headcount": 0}}, "input.headcount must be 1 or more"),
        (
            {"kind": "mass_layoff", "input": {"entity": "A", "headcount": 9, "window_days": 0}},  # would count nobody
            "input.window_days must be 1 or more",
        ),
        (
            {"kind": "medical_period", "input": {"total_work_years": 3, "company_years": 4}},
            "company_years is part of total_work_years",
        ),
    ],
)
def test_a_malformed_vector_says_what_is_wrong_and_stops_no_other(vector, error):
    good = {"id": "good", "kind": "exit_deadlines", "input": {"last_day": "2026-11-30"}}

    first, second = evaluate([vector, good], tables=TABLES)

    assert first["error"].startswith(error)
    assert second["output"]["certificate_due"] == "2026-11-30"


@pytest.mark.parametrize("fifteen", [15, "15", Decimal("15.0")])
def test_a_whole_number_is_heard_however_it_is_written(fifteen):
    [result] = evaluate(
        [{"kind": "final_wage", "input": {"monthly_wage": "21750", "paid_days": fifteen}}], tables=TABLES
    )

    assert (result["output"]["paid_days"], result["output"]["amount"]) == (15, "15000.00")


def test_none_is_no_maternity_state():
    """As UNKNOWN is no category of retirement."""
    [case] = [vector for vector in VECTORS if vector["id"] == "D20"]
    person = {**case["input"]["employee"], "maternity_state": "NONE"}

    [result] = evaluate([{**case, "input": {**case["input"], "employee": person}}], tables=TABLES)

    assert (result["output"]["protected"], result["output"]["codes"]) == ([], [])


ODD = [None, "", "x", -1, 1.5, True, [], [1], {}, "2026-02-30", "9999-12-31", "NaN", 10**9]


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["id"])
def test_no_odd_value_stops_the_command(vector):
    """Any value of the input, replaced by anything: an answer or an error, never a crash."""
    strange = [
        {**vector, "input": {**vector["input"], name: odd}} for name in (*vector["input"], "unheard_of") for odd in ODD
    ]

    results = evaluate(strange, tables=TABLES)

    assert len(json.dumps(results)) > 0
    assert all(("output" in result) != ("error" in result) for result in results)


def test_a_file_that_is_no_list_of_vectors_is_refused(tmp_path):
    from django.core.management import CommandError, call_command

    file = tmp_path / "v.json"
    file.write_text('{"vector": []}')

    with pytest.raises(CommandError, match="expected"):
        call_command("compliance_evaluate", str(file))


def test_a_number_of_the_file_never_becomes_a_float(tmp_path, capsys):
    from django.core.management import call_command

    file = tmp_path / "v.json"
    input_ = '{"month_wage": 6000.10, "loss": 0.1, "min_wage": 100}'
    file.write_text(f'{{"vectors": [{{"id": 1, "kind": "deduction_cap", "input": {input_}}}]}}')

    call_command("compliance_evaluate", str(file))

    [result] = json.loads(capsys.readouterr().out)["results"]
    assert result["output"]["max_deduction"] == "0.10"


GOOD = '{"id": "good", "kind": "exit_deadlines", "input": {"last_day": "2026-11-30"}}'


@pytest.mark.parametrize(
    "vector",
    [
        '{"id": "half a character \\ud800", "kind": "exit_deadlines", "input": {"last_day": "\\ud800"}}',
        '{"id": "long", "kind": "noncompete", "input": {"avg_wage": 1, "min_wage": 1, "agreed_months": %s}}'
        % ("1" * 5000),
    ],
    ids=["half-a-character", "five-thousand-digits"],
)
def test_what_no_terminal_can_print_and_no_number_can_hold_stops_no_other_vector(tmp_path, vector):
    file = tmp_path / "v.json"
    file.write_text(f'{{"vectors": [{vector}, {GOOD}]}}')
    command = [sys.executable, "manage.py", "compliance_evaluate", str(file)]

    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)

    assert done.returncode == 0
    first, second = json.loads(done.stdout)["results"]
    assert "error" in first
    assert second["output"]["certificate_due"] == "2026-11-30"

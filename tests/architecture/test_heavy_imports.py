"""Heavy libraries are imported in the function that needs them: a web process that renders no PDF holds none."""

import ast
import re
from collections.abc import Iterator

from tests.architecture.paths import name, python_files

HEAVY = {
    "weasyprint", "pyhanko", "python_calamine", "openpyxl", "pypinyin", "sklearn", "numpy", "polars", "pandas",
    "scim2_server", "scim2_client", "scim2_models", "aiosmtpd", "chinese_calendar", "puremagic",
}  # fmt: skip
SAYS = re.compile(rf"^\s*(from|import)\b.*\b({'|'.join(sorted(HEAVY))})\b", re.MULTILINE).search
"""Only such a file has to be parsed."""


def test_it_imports_heavy_libraries_late() -> None:
    texts = {name(path): path.read_text() for path in python_files()}

    early = {file: HEAVY & set(_imported_at_once(ast.parse(text).body)) for file, text in texts.items() if SAYS(text)}

    assert {file: found for file, found in early.items() if found} == {}


def test_it_sees_a_heavy_import_also_behind_a_condition() -> None:
    body = ast.parse("try:\n    from openpyxl import x\nexcept ImportError:\n    pass").body

    assert list(_imported_at_once(body)) == ["openpyxl"]


def _imported_at_once(body: list[ast.stmt]) -> Iterator[str]:
    for statement in body:
        if isinstance(statement, ast.Import):
            yield from (alias.name.split(".")[0] for alias in statement.names)
        elif isinstance(statement, ast.ImportFrom):
            yield (statement.module or "").split(".")[0]
        elif not isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef) and not _is_for_types(statement):
            for part in ("body", "orelse", "finalbody"):
                yield from _imported_at_once(getattr(statement, part, []))


def _is_for_types(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.If) and "TYPE_CHECKING" in ast.unparse(statement.test)

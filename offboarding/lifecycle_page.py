"""docs/lifecycle.md as text: generated from the table, so that it can't say anything else."""

from .rules import lifecycle

INTRO = """# The life of a case

Generated from `offboarding/rules/lifecycle.py` by `manage.py write_lifecycle`; a test fails when it is stale.
What is not listed is refused: 409 with the actions that are allowed. Guards stand in square brackets.
"""


def page() -> str:
    rows = "\n".join(f"| {' | '.join(f'`{cell}`' for cell in row)} |" for row in lifecycle.table_rows())
    table = (
        f"| action | from | to | permission | guard | gate of the law |\n| --- | --- | --- | --- | --- | --- |\n{rows}"
    )
    return f"{INTRO}\n```mermaid\n{lifecycle.diagram()}\n```\n\n{table}\n"

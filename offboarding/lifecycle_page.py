"""docs/lifecycle.md as text: generated from the table, so that it can't say anything else."""

from .rules import lifecycle, tracks

INTRO = """# The life of a case

Generated from `offboarding/rules/lifecycle.py` by `manage.py write_lifecycle`; a test fails when it is stale.
What is not listed is refused: 409 with the actions that are allowed. Guards stand in square brackets.
"""


WAITING = """## What waits for what

Tracks run side by side; none waits for another. The three waits below are the law's, and all there are: they stand in
`offboarding/rules/tracks.py`, no table of the database holds one, and no setting, chain or template adds one. A certificate is
issued and wages are paid with the handover, the assets and everything else still open.
"""


def page() -> str:
    rows = "\n".join(f"| {' | '.join(f'`{cell}`' for cell in row)} |" for row in lifecycle.table_rows())
    table = (
        f"| action | from | to | permission | guard | gate of the law |\n| --- | --- | --- | --- | --- | --- |\n{rows}"
    )
    waits = "\n".join(f"| `{wait.allows}` | `{wait.needs}` | {wait.because} |" for wait in tracks.WAITS)
    free = ", ".join(f"`{name}` ({article})" for name, article in tracks.FREE_BY_LAW.items())
    return f"{_life(table)}\n{WAITING}\n| what | waits for | because |\n| --- | --- | --- |\n{waits}\n\nThese wait for nothing: {free}.\n"


def _life(table: str) -> str:
    return f"{INTRO}\n```mermaid\n{lifecycle.diagram()}\n```\n\n{table}\n"

"""The lines of docs/api.md, run as they stand there, by seven people with tokens of their own."""

import os
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

import httpx

from tests.faults.harness import ROOT, until
from tests.journeys.conftest import Enter
from tests.journeys.product import Product

PAGE = (ROOT / "docs" / "api.md").read_text()
DONE = "-- done --"


class Shell:
    """One shell for the whole page, as a reader has it."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.process = subprocess.Popen(
            ["bash", "-e", "-o", "pipefail"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            text=True, env=environment, cwd=ROOT,
        )  # fmt: skip

    def run(self, lines: str) -> list[str]:
        assert self.process.stdin and self.process.stdout
        self.process.stdin.write(f"{lines}\necho '{DONE}'\n")
        self.process.stdin.flush()
        said: list[str] = []
        for line in self.process.stdout:
            if line.strip() == DONE:
                return said
            said.append(line.strip())
        raise AssertionError("\n".join(said))


@contextmanager
def a_shell(product: Product) -> Iterator[Shell]:
    shell = Shell(os.environ | product.environment() | {"HOST": product.url})
    with shell.process:
        yield shell


def chapter(title: str) -> str:
    """All lines of code under this heading."""
    text = PAGE.split(f"## {title}")[1].split("\n## ")[0]
    return "\n".join(re.findall(r"```sh\n(.*?)```", text, re.DOTALL))


def test_the_page_about_the_api_takes_a_resignation_to_the_end(product: Product, enter: Enter) -> None:
    clock = enter("jiang.wenyuan")
    clock.forward("快进到明早")
    with a_shell(product) as shell:
        for title in ("How to call", "1.", "2."):
            shell.run(chapter(title))
        assert shell.run(chapter("3."))[1:3] == ["in_approval", "approved"]
        handed = shell.run(chapter("4."))
        assert handed[-2:] == ["complete", "signed"]
        assert "returned" in handed
        assert shell.run(chapter("5.")) == ["done", "done", "done"]

        clock.forward("快进 30 天")
        until(lambda: shell.run('call "$HRBP" GET cases/$CASE/documents/ | grep -c certificate || true') != ["0"])
        assert shell.run(chapter("6."))[-1].startswith("HOM-ZM-")
        assert shell.run('head -c 4 "$FILES/certificate.pdf"; echo; rm -r "$FILES"') == ["%PDF"]

        clock.forward("快进 1 天")
        until(lambda: shell.run(chapter("7."))[-1] == "closed")
        assert "identity disable_account done" in shell.run(chapter("7."))
        number, token = shell.run('echo "$NUMBER"; echo "$LEAVER"')
    assert product.systems.account(number) == {"active": False, "groups": []}
    old = httpx.get(f"{product.url}/api/v1/cases/", headers={"Authorization": f"Bearer {token}"})
    assert old.status_code == 401

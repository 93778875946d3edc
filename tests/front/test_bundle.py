"""What the build writes, and what templates may say under the strict policy."""

import re
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.contrib.staticfiles import finders

VENDOR = Path("ehr/static/vendor")
APPS = ["ehr", "employees", "performance", "handover", "offboarding", "integrations", "analytics"]
PAPER = ("documents/", "/documents/", "emails/", "/email/")

IN_TEMPLATES = re.compile(r"""{% icon ["']([a-z0-9-]+)["']""")
AS_VALUE = re.compile(r"""\b(?:icon|due_icon|mark_icon)\s*[=:]\s*["']([a-z0-9-]+)["']""")
IN_PYTHON = re.compile(r"""(?:\bicon=|["']icon["']:\s*)["']([a-z0-9-]+)["']""")


STATIC = re.compile(r"static '([^']+)'")


def templates() -> list[Path]:
    in_apps = [path for app in APPS for path in Path(app).rglob("templates/**/*.html")]
    return sorted({*Path("templates").rglob("*.html"), *in_apps})


def screens() -> list[Path]:
    """Templates that a browser gets; paper and mail have rules of their own."""
    return [path for path in templates() if not any(part in path.as_posix() for part in PAPER)]


def named_icons() -> dict[str, str]:
    names: dict[str, str] = {}
    for path in templates():
        text = path.read_text()
        names |= dict.fromkeys([*IN_TEMPLATES.findall(text), *AS_VALUE.findall(text)], path.as_posix())
    for app in APPS:
        for path in Path(app).rglob("*.py"):
            names |= dict.fromkeys(IN_PYTHON.findall(path.read_text()), path.as_posix())
    return names


def test_the_sprite_holds_every_icon_that_is_named() -> None:
    symbols = ElementTree.parse(VENDOR / "icons.svg").getroot()  # noqa: S314 - written by our own build
    drawn = {symbol.get("id") for symbol in symbols}
    assert {name: place for name, place in named_icons().items() if name not in drawn} == {}


def test_the_list_of_icons_is_sorted_and_names_each_once() -> None:
    names = Path("frontend/icons.txt").read_text().split()
    assert names == sorted(set(names))


def test_the_style_bundle_keeps_the_order_of_the_layers() -> None:
    css = (VENDOR / "app.css").read_text()
    order = ["reset", "vendor", "tokens", "base", "layout", "components", "pages", "utilities"]
    assert re.sub(r"@charset[^;]*;", "", css).startswith(f"@layer {','.join(order)};")
    assert "@import" not in css
    assert ".ui-chip" in css and "--paper:" in css


@pytest.mark.parametrize("name", ["app.css", "app.js", "htmx.min.js"])
def test_nothing_shipped_refers_to_a_source_map(name: str) -> None:
    assert "sourceMappingURL" not in (VENDOR / name).read_text()


def test_every_style_file_is_part_of_the_bundle() -> None:
    root = Path("ehr/static/ehr/css")
    imported = set(re.findall(r'@import url\("\./(.+?)"\)', (root / "app.css").read_text()))
    present = {path.relative_to(root).as_posix() for path in root.rglob("*.css")} - {"app.css", "print.css"}
    assert present == imported


def test_every_class_of_ours_in_a_template_has_a_rule() -> None:
    css = (VENDOR / "app.css").read_text()
    used = {
        name: path.as_posix()
        for path in screens()
        for classes in re.findall(r'class="([^"]*)"', re.sub(r"{[{%].*?[%}]}", " ", path.read_text()))
        for name in classes.split()
        if re.fullmatch(r"(ui|p|u)-[a-z0-9_-]+[a-z0-9]", name)
    }
    assert {name: place for name, place in used.items() if not re.search(rf"\.{name}(?![\w-])", css)} == {}


@pytest.mark.parametrize(
    "forbidden",
    [
        r"\sstyle=",
        r"\son[a-z]+=",
        r"<style",
        r"<script(?![^>]*\bsrc=)",
        r"javascript:",
        r"hx-on",
        r"https?://(?!www\.w3\.org)",
    ],
)
def test_no_screen_carries_inline_code_or_fetches_from_elsewhere(forbidden: str) -> None:
    guilty = [path.as_posix() for path in screens() if re.search(forbidden, path.read_text())]
    assert guilty == []


@pytest.mark.parametrize("path", sorted({name for page in templates() for name in STATIC.findall(page.read_text())}))
def test_every_file_a_page_names_is_shipped(path: str) -> None:
    """The sources of the bundles are left out when static files are collected, so naming one breaks the page."""
    assert not path.startswith(("ehr/css/", "ehr/js/"))
    assert finders.find(path)


def test_the_lock_of_the_packages_names_no_host() -> None:
    assert "resolved" not in Path("package-lock.json").read_text()


@pytest.mark.slow
def test_a_changed_third_party_file_stops_the_build(tmp_path: Path) -> None:
    for name in ("package.json", "frontend", "ehr/static/ehr"):
        target = tmp_path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        subprocess.run(["cp", "-r", name, target], check=True)
    (tmp_path / "node_modules").symlink_to(Path("node_modules").resolve())
    pinned = tmp_path / "frontend/vendor.json"
    pinned.write_text(re.sub(r'"sha256": "\w+"', '"sha256": "0"', pinned.read_text()))
    outcome = subprocess.run(["node", "frontend/build.mjs"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert outcome.returncode != 0
    assert "htmx" in outcome.stderr
    assert not (tmp_path / "ehr/static/vendor").exists()

"""The files of the product, as the architecture tests look at them."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("ehr", "employees", "performance", "handover", "offboarding", "integrations", "analytics", "demo")


def python_files() -> list[Path]:
    found = [path for package in PACKAGES for path in (ROOT / package).rglob("*.py")]
    return sorted(path for path in found if "migrations" not in path.parts)


def templates() -> list[Path]:
    folders = [ROOT / "templates", *(ROOT / package for package in PACKAGES)]
    found = [path for folder in folders for suffix in ("html", "txt", "xml") for path in folder.rglob(f"*.{suffix}")]
    return sorted(path for path in found if _is_template(path))


def _is_template(path: Path) -> bool:
    return "templates" in path.relative_to(ROOT).parts and "static" not in path.parts


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))

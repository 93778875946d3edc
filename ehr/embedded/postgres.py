"""The embedded PostgreSQL: one cluster per checkout, reached by a unix socket only."""

import shutil

from ehr.embedded.binaries import postgres_bin
from ehr.embedded.home import Home

NAME = "postgres"
VARIABLE = "DATABASE_URL"
DATABASE = USER = "ehr"

OPTIONS = {
    "listen_addresses": "",
    "max_connections": "80",
    "shared_buffers": "64MB",
    "io_method": "sync",
    "jit": "off",
    "timezone": "UTC",
    "log_destination": "stderr",
}
# Fast, and still safe against killed processes (not against power loss): good enough for tests. Statistics that are
# taken by chance while a table is just emptied say "no rows" of the next test's thousands: such plans took minutes.
UNDURABLE = {"fsync": "off", "full_page_writes": "off", "autovacuum": "off"}


def url(home: Home) -> str:
    return f"postgres://{USER}@/{DATABASE}?host={home.sockets}"


def start(home: Home, *, durable: bool = True) -> None:
    binaries, data = postgres_bin(home), home.folder / "data"
    if not data.exists():
        draft = home.folder / "draft"  # renamed when whole: an interrupted initdb leaves no half cluster behind
        shutil.rmtree(draft, ignore_errors=True)
        home.run(binaries / "initdb", "-D", draft, "-U", USER, "-A", "trust", "-E", "UTF8",
                 "--no-locale", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")  # fmt: skip
        draft.rename(data)
    if not is_running(home):
        options = {**OPTIONS, **({} if durable else UNDURABLE), "unix_socket_directories": str(home.sockets)}
        flags = " ".join(f"-c {name}='{value}'" for name, value in options.items())
        home.run(binaries / "pg_ctl", "start", "-w", "-D", data, "-l", home.folder / "log", "-o", flags)
    _create_database(home)


def stop(home: Home) -> None:
    if is_running(home):
        home.run(postgres_bin(home) / "pg_ctl", "stop", "-D", home.folder / "data", "-m", "fast", "-w")


def is_running(home: Home) -> bool:
    try:
        home.run(postgres_bin(home) / "pg_ctl", "status", "-D", home.folder / "data")
    except RuntimeError:
        return False
    return True


def _create_database(home: Home) -> None:
    import psycopg2

    connection = psycopg2.connect(dbname="postgres", user=USER, host=str(home.sockets))
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
            if cursor.fetchone() is None:
                cursor.execute(f'CREATE DATABASE "{DATABASE}"')
    finally:
        connection.close()

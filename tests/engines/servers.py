"""The servers of the engines' tests: PostgreSQL in a folder of its own, Spark in this process or as a cluster.

Each ends with its block and leaves nothing behind, also where the tests are killed.
"""

from __future__ import annotations

import os
import pwd
import re
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from tests.engines import programs

if TYPE_CHECKING:
    import psycopg
    from pyspark.sql import SparkSession

PATIENCE = 60
"""Seconds that a server may take to start."""

LOCAL = "local[2]"
"""Spark in one process, on two threads."""

KEEPER = """
end=$1 folder=$2; shift 2
"$@" </dev/null &
read -r word
kill -"$end" $! && wait $!
[ "$word" = keep ] || rm -rf "$folder"
"""
"""Runs a server until we say "keep". If we are gone, the pipe that it reads is closed, and its folder goes too."""


class Kept:
    """A program that runs in the background, with its output in ``log``, until `stop`.

    If this process ends before, however that comes about, the program is ended too and its ``folder`` removed. ``end``
    is the signal that ends it.
    """

    def __init__(
        self, command: Sequence[str | Path], folder: Path, log: Path, *, end: str, user: str | None = None,
        environment: dict[str, str] | None = None,
    ) -> None:  # fmt: skip
        with log.open("ab") as output:
            # In a session of its own Ctrl+C reaches us alone.
            self._process = subprocess.Popen(
                ["sh", "-c", KEEPER, "sh", end, folder, *command],
                stdin=subprocess.PIPE, stdout=output, stderr=output, cwd=folder, start_new_session=True,
                env={**os.environ, **(environment or {})}, **_as(user),
            )  # fmt: skip

    def stop(self) -> None:
        """Returns when the program has ended; its folder stays."""
        if self._process.poll() is None:
            self._process.communicate(b"keep\n")


class Postgres:
    """A PostgreSQL server with an empty database, reached through a socket in its folder and by nothing else."""

    USER = "attest"

    def __init__(self) -> None:
        self._programs = programs.postgresql()
        # PostgreSQL does not run as root.
        self._user = "nobody" if os.geteuid() == 0 else None
        self.folder = Path(tempfile.mkdtemp(prefix="attest-postgres-"))
        if self._user:
            shutil.chown(self.folder, self._user)
        self._data, self._log = self.folder / "data", self.folder / "log.txt"
        subprocess.run(
            [self._programs / "initdb", "-D", self._data, "-U", self.USER, "-A", "trust", "-E", "UTF8", "--no-locale"],
            check=True, stdout=subprocess.DEVNULL, cwd=self.folder, **_as(self._user),
        )  # fmt: skip
        self.start()

    @property
    def url(self) -> str:
        """The address of the database, as ``ibis.connect`` and libpq read it."""
        return f"postgresql://{self.USER}@/postgres?host={self.folder}"

    @property
    def pid(self) -> int:
        """The process whose end is the end of the server."""
        return int((self._data / "postmaster.pid").read_text().split()[0])

    def start(self) -> None:
        """Returns when the server answers; raises ``RuntimeError`` with its log where it does not."""
        quick = (f"-c{name}=off" for name in ("fsync", "full_page_writes"))
        command = [self._programs / "postgres", "-D", self._data, "-k", self.folder, "-c", "listen_addresses=", *quick]
        self._kept: Kept | None = Kept(command, self.folder, self._log, end="INT", user=self._user)
        _wait(self._answers, self._log)

    def kill(self) -> None:
        """As the machine does when it runs out of memory: nobody is told."""
        os.kill(self.pid, signal.SIGKILL)
        self.stop()

    def connect(self, *, is_autocommit: bool = False) -> psycopg.Connection[Any]:
        """A connection of its keeper. The driver is imported here: where it is not, there is no server either."""
        import psycopg

        return psycopg.connect(self.url, autocommit=is_autocommit)

    def guard(self, user: str, password: str) -> None:
        """A user who must give a password."""
        with self.connect() as connection:
            connection.execute(f"CREATE ROLE {user} LOGIN PASSWORD '{password}'")
            rules = self._data / "pg_hba.conf"
            rules.write_text(f"local all {user} scram-sha-256\n{rules.read_text()}")
            connection.execute("SELECT pg_reload_conf()")

    def stop(self) -> None:
        """Its tables stay, for `start`."""
        if self._kept:
            self._kept.stop()
            self._kept = None

    def _answers(self) -> bool:
        import psycopg

        try:
            self.connect().close()
        except psycopg.OperationalError:
            return False
        return True


@contextmanager
def postgres() -> Iterator[Postgres]:
    """A running PostgreSQL. Raises `programs.Absent`."""
    server = Postgres()
    try:
        yield server
    finally:
        server.stop()
        shutil.rmtree(server.folder)


@contextmanager
def spark(master: str = LOCAL) -> Iterator[SparkSession]:
    """A session of Spark, the process's only one; its driver ends with the process. Raises `programs.Absent`."""
    os.environ["JAVA_HOME"] = str(programs.java())
    end_spark()
    from pyspark.sql import SparkSession

    settings: dict[str, Any] = {
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.memory": "1g",
        "spark.executor.memory": "1g",
        "spark.log.level": "ERROR",
        "spark.sql.shuffle.partitions": 2,
        "spark.ui.enabled": False,
        "spark.ui.showConsoleProgress": False,
    }
    if master == LOCAL:  # Java would take longer to compile a question that is asked once than to answer it.
        settings |= {"spark.sql.codegen.wholeStage": False, "spark.sql.codegen.factoryMode": "NO_CODEGEN"}
    session = SparkSession.builder.master(master).appName("attest").config(map=settings).getOrCreate()
    try:
        yield session
    finally:
        session.stop()


def end_spark() -> None:
    """Ends the session of Spark that this process has: else whoever asks for one gets it, whatever its master."""
    from pyspark.sql import SparkSession

    if session := SparkSession.getActiveSession():
        session.stop()


class Cluster(NamedTuple):
    """A standalone Spark: the address of its master, and its workers."""

    address: str
    workers: list[Kept]


@contextmanager
def cluster(workers: int = 2) -> Iterator[Cluster]:
    """A master and workers with a core each. Raises `programs.Absent`."""
    home = programs.java()
    import pyspark

    program = Path(pyspark.__file__).parent / "bin" / "spark-class"
    folder = Path(tempfile.mkdtemp(prefix="attest-spark-"))
    with ExitStack() as ends:
        ends.callback(shutil.rmtree, folder)

        def start(name: str, kind: str, *options: str) -> tuple[Kept, Path]:
            log = folder / f"{name}.txt"
            command = [program, f"org.apache.spark.deploy.{kind}", "--host", "127.0.0.1", "--webui-port", "0", *options]
            kept = Kept(command, folder, log, end="TERM", environment={"JAVA_HOME": str(home)})
            ends.callback(kept.stop)
            return kept, log

        _, log = start("master", "master.Master", "--port", "0")
        _wait(lambda: "Starting Spark master at" in log.read_text(), log)
        [address] = re.findall(r"Starting Spark master at (\S+)", log.read_text())
        size = ("--cores", "1", "--memory", "1g", "--work-dir", str(folder))
        started = [start(f"worker{number}", "worker.Worker", *size, address)[0] for number in range(workers)]
        _wait(lambda: log.read_text().count("Registering worker") == workers, log)
        yield Cluster(address, started)


def _as(user: str | None) -> dict[str, Any]:
    """The arguments of ``subprocess`` with which a program runs as another user."""
    if user is None:
        return {}
    return {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []}


def _wait(is_ready: Any, log: Path) -> None:
    for _ in range(10 * PATIENCE):
        if is_ready():
            return
        time.sleep(0.1)
    raise RuntimeError(f"the server did not start in {PATIENCE} seconds: {log.read_text()}")

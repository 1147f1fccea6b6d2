"""Keep servers running, start those again that end, and stop all of them in time."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

import psutil

Start = Callable[[], "subprocess.Popen[bytes]"]
PAUSE = 1.0  # seconds before a server that ended is started again


@dataclass(slots=True)
class Server:
    """A process to keep alive. Those with the higher `rank` are stopped first."""

    name: str
    start: Start
    rank: int
    how_to_stop: signal.Signals = signal.SIGTERM
    process: subprocess.Popen[bytes] | None = None
    ended_at: float | None = None

    @property
    def lives(self) -> bool:
        return self.process is not None and self.process.poll() is None


@dataclass(slots=True)
class Supervisor:
    """Starts, watches and stops servers; `record` tells a later run what a killed one left behind."""

    record: Path
    say: Callable[[str], None]
    servers: list[Server] = field(default_factory=list)

    def add(self, server: Server) -> None:
        """Start `server` and watch it from now on."""
        self.servers.append(server)
        self._start(server)

    def watch(self) -> None:
        """Look once at every server; start those again that have ended."""
        for server in self.servers:
            if server.lives:
                continue
            if server.ended_at is None:
                server.ended_at = time.monotonic()
                self.say(f"{server.name} ended; it is started again.")
            elif time.monotonic() - server.ended_at > PAUSE:
                self._start(server)

    def stop(self, *, patience: float = 4) -> None:
        """Stop rank by rank, `patience` seconds for each; who has not ended by then is killed."""
        for rank in sorted({server.rank for server in self.servers}, reverse=True):
            stop_all(
                [
                    (server.process, server.how_to_stop)
                    for server in self.servers
                    if server.rank == rank and server.process
                ],
                patience=patience,
            )
        self.record.unlink(missing_ok=True)

    def _start(self, server: Server) -> None:
        server.process, server.ended_at = server.start(), None
        alive = [other.process.pid for other in self.servers if other.process and other.lives]
        self.record.write_text("".join(f"{pid} {_born(pid)}\n" for pid in alive))


def stop_all(processes: Iterable[tuple[subprocess.Popen[bytes], signal.Signals]], *, patience: float) -> None:
    """Ask all at once to end; after `patience` seconds kill them with their children."""
    processes = list(processes)
    for process, how in processes:
        process.send_signal(how)
    deadline = time.monotonic() + patience
    for process, _ in processes:
        try:
            process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def end_leftovers(record: Path) -> None:
    """End what a run that was killed has left running, known by its process's number and time of birth."""
    lines = record.read_text().split("\n") if record.exists() else []
    known = [line.split(" ") for line in lines if line]
    left = [psutil.Process(int(pid)) for pid, born in known if _born(int(pid)) == born]
    for process in left:
        process.send_signal(signal.SIGINT)
    _, alive = psutil.wait_procs(left, timeout=5)
    for process in alive:
        os.killpg(process.pid, signal.SIGKILL)
    psutil.wait_procs(alive)
    record.unlink(missing_ok=True)


def _born(pid: int) -> str:
    try:
        return str(psutil.Process(pid).create_time())
    except psutil.NoSuchProcess:
        return ""

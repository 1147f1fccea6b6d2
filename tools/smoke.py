"""`make demo` as a visitor sees it: it comes up, answers, stops, and comes up quickly again. Needs Python alone."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from threading import Timer
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parent.parent
PAGES = {"healthz": "alive", "readyz": "ready", "accounts/login/": 'name="login"'}
PATIENCE = 300


def free_port() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


def visit(port: str) -> None:
    """Start the demo, open its first pages, and stop it."""
    began = time.monotonic()
    with subprocess.Popen(
        ["make", "demo"], cwd=ROOT, env=os.environ | {"PORT": port}, stdout=subprocess.PIPE, text=True
    ) as demo:
        timer = Timer(PATIENCE, demo.kill)
        timer.start()
        try:
            assert demo.stdout is not None
            for line in demo.stdout:
                print(f"  {line}", end="")
                if line.startswith("Ready: "):
                    break
            else:
                sys.exit(f"make demo ended, or was ended after {PATIENCE} s, before it was ready.")
            print(f"  ready after {time.monotonic() - began:.1f} s", flush=True)
            look(port)
        finally:
            timer.cancel()
            stop(demo)
    if demo.returncode:
        sys.exit(f"make demo ended with {demo.returncode}.")


def look(port: str) -> None:
    for page, words in PAGES.items():
        with urlopen(f"http://127.0.0.1:{port}/{page}", timeout=10) as answer:
            if words not in answer.read().decode():
                sys.exit(f"/{page} does not hold {words}.")


def stop(demo: subprocess.Popen[str]) -> None:
    """Ask the demo itself, not make, which would end with the signal's number."""
    began = time.monotonic()
    if demo.poll() is None:
        os.kill(int((ROOT / "var" / "demo" / "pid").read_text()), signal.SIGTERM)
    demo.communicate(timeout=30)
    print(f"  stopped after {time.monotonic() - began:.1f} s", flush=True)


if __name__ == "__main__":
    chosen = free_port()
    visit(chosen)
    visit(chosen)

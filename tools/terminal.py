"""Ctrl-C for a program that `make` runs."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def own_terminal() -> Iterator[None]:
    """Take the terminal, so that Ctrl-C reaches this program and not also `make`, which would report an error.

    Without a terminal, or in the background, nothing changes.
    """
    group = os.getpgrp()
    try:
        terminal = os.open("/dev/tty", os.O_RDWR)
    except OSError:
        yield
        return
    takes = os.tcgetpgrp(terminal) == group != os.getpid()
    if takes:
        # A background group that changes the terminal is stopped, as is one that gets Ctrl-Z;
        # `make`, and the shell behind it, would wait for it without a word.
        for unwanted in (signal.SIGTTOU, signal.SIGTSTP):
            signal.signal(unwanted, signal.SIG_IGN)
        os.setpgid(0, 0)
        os.tcsetpgrp(terminal, os.getpgrp())
    try:
        yield
    finally:
        if takes:
            os.tcsetpgrp(terminal, group)
        os.close(terminal)

"""Tests of kela_kunta.demo.processes."""

from __future__ import annotations

import os
import signal
import time

import pytest

from kela_kunta.demo import processes
from kela_kunta.demo.processes import Failed, Told, beside, side_by_side


@pytest.fixture(autouse=True)
def no_database(monkeypatch: pytest.MonkeyPatch) -> None:
    class Nothing:
        def close(self) -> None: ...

        def close_pool(self) -> None: ...

    monkeypatch.setattr(processes, "connection", Nothing())


def test_results_add_up_and_progress_is_passed_on() -> None:
    told: list[int] = []

    def work(place: int, tell: Told) -> int:
        tell(10 + place)
        return place + 1

    assert side_by_side(work, 3, told.append) == 6
    assert sorted(told) == [10, 11, 12]


def test_a_process_that_is_killed_is_noticed_and_the_others_are_ended() -> None:
    def work(place: int, tell: Told) -> int:
        if place == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        time.sleep(60)
        return 0

    began = time.monotonic()
    with pytest.raises(Failed):
        side_by_side(work, 2, lambda count: None)
    assert time.monotonic() - began < 20


def test_what_interrupts_the_parent_ends_the_processes() -> None:
    def work(place: int, tell: Told) -> int:
        tell(1)
        time.sleep(60)
        return 0

    def interrupt(count: int) -> None:
        raise KeyboardInterrupt

    began = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        side_by_side(work, 1, interrupt)
    assert time.monotonic() - began < 20


def test_what_runs_beside_is_done_at_the_end_of_the_block(tmp_path):
    with beside(lambda: (tmp_path / "beside").write_text("done")) as results:
        (tmp_path / "block").write_text("done")
        assert results == []
    assert results == [4]
    assert (tmp_path / "beside").read_text() == (tmp_path / "block").read_text()


def test_a_result_larger_than_what_a_pipe_holds_comes_whole():
    with beside(lambda: "x" * 1_000_000) as results:
        pass
    assert results == ["x" * 1_000_000]


def test_what_fails_beside_fails_the_block():
    with pytest.raises(Failed), beside(lambda: 1 / 0):
        pass


def test_a_block_that_fails_ends_what_runs_beside():
    began = time.monotonic()
    with pytest.raises(ZeroDivisionError), beside(lambda: time.sleep(30)):
        1 / 0  # noqa: B018
    assert time.monotonic() - began < 10

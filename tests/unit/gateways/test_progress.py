"""What a long job says: a bar for people, few lines for logs, never a command."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from launchready.gateways.progress import Progress


class Clock:
    """Seconds that pass when told."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def work(progress: Progress, clock: Clock, seconds: int) -> None:
    progress.begin("reading", seconds)
    for _ in range(seconds):
        clock.now += 1
        progress.advance()
    progress.end()


def test_a_log_gets_a_line_every_five_seconds() -> None:
    stream, clock = io.StringIO(), Clock()
    work(Progress(stream, clock=clock), clock, 12)
    assert stream.getvalue() == (
        "launchready: reading: 5 of 12 (42%, 7 s left)\n"
        "launchready: reading: 10 of 12 (83%, 2 s left)\n"
    )


def test_a_short_job_says_nothing() -> None:
    stream, clock = io.StringIO(), Clock()
    work(Progress(stream, clock=clock), clock, 4)
    assert stream.getvalue() == ""


def test_a_terminal_gets_one_line_that_goes_away() -> None:
    stream, clock = io.StringIO(), Clock()
    work(Progress(stream, is_live=True, clock=clock), clock, 2)
    first, second, rest = stream.getvalue().split("\r\x1b[2K")
    assert first == "[############............] reading: 1 of 2 (50%, 1 s left)"
    assert second == "[########################] reading: 2 of 2 (100%)"
    assert rest == ""
    assert "\n" not in stream.getvalue()


def test_quiet_is_silent() -> None:
    clock = Clock()
    progress = Progress(None, clock=clock)
    work(progress, clock, 20)
    progress.say("nobody hears")


def test_nothing_is_written_before_the_work(capsys: pytest.CaptureFixture[str]) -> None:
    Progress.on_stderr(is_ci=True, is_quiet=False).advance(0)
    Progress.on_stderr(is_ci=False, is_quiet=True).say("quiet")
    assert capsys.readouterr() == ("", "")
    Progress.on_stderr(is_ci=False, is_quiet=False).say("heard")
    assert capsys.readouterr().err == "launchready: heard\n"


def test_what_is_said_clears_the_bar_first() -> None:
    stream, clock = io.StringIO(), Clock()
    progress = Progress(stream, is_live=True, clock=clock)
    progress.begin("reading", 2)
    clock.now += 1
    progress.advance()
    progress.say("skipped a")
    assert stream.getvalue().endswith("\r\x1b[2Klaunchready: skipped a\n")


def test_a_reader_that_is_gone_stops_no_job() -> None:
    class Gone(io.StringIO):
        def flush(self) -> None:
            raise BrokenPipeError

    clock = Clock()
    progress = Progress(Gone(), clock=clock)
    progress.begin("reading", 2)
    for _ in range(2):
        clock.now += 9
        progress.advance()
    progress.say("done")
    progress.end()


def test_no_work_is_all_of_it() -> None:
    stream, clock = io.StringIO(), Clock()
    progress = Progress(stream, clock=clock)
    progress.begin("reading", 0)
    clock.now += 9
    progress.advance(0)
    assert stream.getvalue() == "launchready: reading: 0 of 0 (100%)\n"


@given(st.text())
def test_nothing_said_is_a_command(text: str) -> None:
    stream = io.StringIO()
    Progress(stream).say(text)
    (line,) = stream.getvalue().removesuffix("\n").split("\n")
    assert line.startswith("launchready: ")
    assert "##[" not in line
    assert line.isprintable()

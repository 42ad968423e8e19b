"""Writes what a run has to say: standard output, report files, the job summary, step outputs."""

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from launchready import __version__
from launchready.cli.settings import Color, RunSettings
from launchready.config.scalars import did_you_mean, withheld
from launchready.errors import LaunchReadyError
from launchready.facts.ci import CiFacts
from launchready.frozen import frozen
from launchready.gateways.ci import write_outputs, write_summary
from launchready.gateways.links import link_on_the_way, top_around
from launchready.gateways.write import write_whole
from launchready.model import Run, Status, Verdict
from launchready.policy.gate import exit_code
from launchready.registry import STEPS
from launchready.reporters import REPORTERS, load
from launchready.reporters.cells import fold
from launchready.reporters.escape import terminal_text
from launchready.reporters.style import Style, wants_color

_USUAL_WIDTH = 80
_NARROWEST = 40

_File = tuple[Callable[[Path, Iterable[str]], None], Path, Iterator[str]]


@frozen
class Outputs:
    """Where a run's report goes: the format of standard output, and files by format."""

    format: str
    files: tuple[tuple[str, Path], ...]
    folder: Path | None
    style: Style


def outputs_of(run: RunSettings, ci: CiFacts) -> Outputs:
    """What the command line asks for. Raises LaunchReadyError for an unknown format, and for a file
    that a link of the examined repository would put elsewhere.
    """
    chosen = run.format or ("github" if ci.name == "github" else "text")
    files = tuple(_report(text) for text in run.report)
    _refuse_collisions(path for _, path in files)
    folder = Path(run.report_folder) if run.report_folder else None
    places = {path: path for _, path in files}
    if folder:
        places[folder] = folder / "check.json"
    _refuse_links(places, run, ci)
    return Outputs(
        format=_known(chosen, "--format"),
        files=files,
        folder=folder,
        style=Style(
            color=_is_coloured(run.color),
            width=_width(),
            verbose=run.verbose,
            version=__version__,
        ),
    )


def write_run(run: Run, outputs: Outputs, ci: CiFacts, *, is_silent: bool = False) -> None:
    """Write every report, files first, so that they are there whatever happens to the console.

    Raises LaunchReadyError for the first that could not be written, after all the others.
    """
    refused = []
    for write, path, chunks in _files(run, outputs, ci):
        try:
            write(path, chunks)
        except LaunchReadyError as error:
            refused.append(error)
    if ci.outputs_path and not refused:
        new = sum(len(report.by_status(Status.NEW)) for report in run.reports)
        told = step_outputs(run.verdict, exit_code(run), new, str(outputs.folder or ""))
        try:
            write_outputs(ci.outputs_path, told)
        except LaunchReadyError as error:
            refused.append(error)
    if not is_silent:
        write_stdout(load(outputs.format)(run, outputs.style))
    if refused:
        raise refused[0]


def write_stdout(chunks: Iterable[str]) -> None:
    """Print a report. A reader that goes away early, such as `head`, is no error.

    Raises LaunchReadyError where it cannot be written for another reason.
    """
    try:
        for chunk in chunks:
            sys.stdout.write(chunk)
        sys.stdout.flush()
    except OSError as error:
        # https://docs.python.org/3/library/signal.html#note-on-sigpipe
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            raise LaunchReadyError(
                f"cannot write to standard output: {error.strerror}",
                hint="free some space, or send the output elsewhere",
            ) from error


def tell(lines: Iterable[str]) -> None:
    """Print lines that are no report; what they quote of a repository is made harmless."""
    write_stdout(f"{terminal_text(line)}\n" for line in lines)


def tell_prose(lines: Iterable[str]) -> None:
    """`tell`, folded to the reader's width; what is indented is code and stays whole."""
    width = max(_width(), _NARROWEST)
    tell(
        folded
        for line in lines
        for folded in ((line,) if line.startswith(" ") else fold(line, width, 0) or ("",))
    )


def step_outputs(verdict: Verdict, code: int, new: int = 0, folder: str = "") -> dict[str, str]:
    """What the jobs after this step can ask for."""
    return {
        "verdict": verdict.value,
        "exit-code": str(code),
        "new-findings": str(new),
        "report-folder": folder,
    }


def _files(run: Run, outputs: Outputs, ci: CiFacts) -> Iterator[_File]:
    """Every file that gets a report, and its text."""
    plain = replace(outputs.style, color=False, width=100)
    for name, path in outputs.files:
        yield write_whole, path, load(name)(run, plain)
    if outputs.folder and run.is_combined:
        yield write_whole, outputs.folder / "check.json", load("json")(run, plain)
    for report in run.reports:
        if outputs.folder and report.step in STEPS:  # and not a command that came to no step
            alone = Run(reports=(report,), verdict=report.verdict, command=run.command)
            yield write_whole, outputs.folder / f"{report.step}.json", load("json")(alone, plain)
    if ci.summary_path:
        yield write_summary, ci.summary_path, load("summary")(run, plain)


def _report(text: str) -> tuple[str, Path]:
    name, _, path = text.partition("=")
    if not path:
        raise LaunchReadyError(
            f"--report takes FORMAT=FILE (got {withheld(text)!r})",
            hint="for example --report sarif=out.sarif",
        )
    return _known(name, "--report"), Path(path)


def _refuse_collisions(paths: Iterable[Path]) -> None:
    twice = [path for path, count in Counter(paths).items() if count > 1]
    if twice:
        raise LaunchReadyError(
            f"--report names the file {twice[0]} twice", hint="give each report a file of its own"
        )


def _refuse_links(places: Mapping[Path, Path], run: RunSettings, ci: CiFacts) -> None:
    """A change may bring a link in the place of the folder that its workflow writes reports to.

    `places` are the files to write, by what a person named.
    """
    if not places:
        return
    tops = [top_around(Path(run.directory)), top_around(Path())]
    if ci.workspace:
        tops.append(ci.workspace.resolve())
    for named, path in places.items():
        if link := link_on_the_way(path, tops):
            raise LaunchReadyError(
                f"cannot write {named}: {link} is a link in what is examined",
                hint="take the link away, or name a place outside of the repository",
            )


def _known(name: str, option: str) -> str:
    if name in REPORTERS:
        return name
    raise LaunchReadyError(
        f"{option} knows no format {withheld(name)!r}{did_you_mean(name, REPORTERS)}",
        hint=f"the formats are {', '.join(REPORTERS)}",
    )


def _width() -> int:
    """The terminal's columns as `shutil.get_terminal_size` tells them, without the archivers that
    `shutil` loads.
    """
    given = os.environ.get("COLUMNS", "")
    if given.isdecimal() and int(given):
        return int(given)
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns or _USUAL_WIDTH
    except (OSError, ValueError):  # no terminal, or closed
        return _USUAL_WIDTH


def _is_coloured(color: Color) -> bool:
    match color:
        case Color.ALWAYS:
            return True
        case Color.NEVER:
            return False
    return wants_color(os.environ, sys.stdout.isatty())

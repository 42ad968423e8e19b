"""Writes what a run has to say: standard output, report files, the job summary, step outputs."""

import os
import shutil
import sys
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from launchready import __version__
from launchready.cli.settings import Color, RunSettings
from launchready.config.scalars import did_you_mean
from launchready.errors import LaunchReadyError
from launchready.facts.ci import CiFacts
from launchready.gateways.ci import write_outputs, write_summary
from launchready.gateways.write import write_whole
from launchready.model import Run, Status
from launchready.policy.gate import exit_code
from launchready.reporters import REPORTERS, load
from launchready.reporters.style import Style, wants_color


@dataclass(frozen=True, kw_only=True)
class Outputs:
    """Where a run's report goes: the format of standard output, and files by format."""

    format: str
    files: tuple[tuple[str, Path], ...]
    folder: Path | None
    style: Style


def outputs_of(run: RunSettings, ci: CiFacts) -> Outputs:
    """What the command line asks for. Raises LaunchReadyError for an unknown format."""
    chosen = run.format or ("github" if ci.name == "github" else "text")
    return Outputs(
        format=_known(chosen, "--format"),
        files=tuple(_report(text) for text in run.report),
        folder=Path(run.report_folder) if run.report_folder else None,
        style=Style(
            color=_is_coloured(run.color),
            width=shutil.get_terminal_size().columns,
            verbose=run.verbose,
            version=__version__,
        ),
    )


def write_run(run: Run, outputs: Outputs, ci: CiFacts, *, is_silent: bool = False) -> None:
    """Write every report, files first, so that they are there whatever happens to the console."""
    plain = replace(outputs.style, color=False, width=100)
    for name, path in _all_files(run, outputs):
        write_whole(path, load(name)(run, plain))
    if outputs.folder:
        for report in run.reports:
            alone = Run(reports=(report,), verdict=report.verdict, command=run.command)
            write_whole(outputs.folder / f"{report.step}.json", load("json")(alone, plain))
    if ci.summary_path:
        write_summary(ci.summary_path, "".join(load("summary")(run, plain)))
    if ci.outputs_path:
        write_outputs(ci.outputs_path, _step_outputs(run, outputs))
    if not is_silent:
        write_stdout(load(outputs.format)(run, outputs.style))


def write_stdout(chunks: Iterable[str]) -> None:
    """Print a report. A reader that goes away early, such as `head`, is no error."""
    try:
        for chunk in chunks:
            sys.stdout.write(chunk)
        sys.stdout.flush()
    except BrokenPipeError:
        # https://docs.python.org/3/library/signal.html#note-on-sigpipe
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _all_files(run: Run, outputs: Outputs) -> tuple[tuple[str, Path], ...]:
    if outputs.folder and run.is_combined:
        return (*outputs.files, ("json", outputs.folder / "check.json"))
    return outputs.files


def _step_outputs(run: Run, outputs: Outputs) -> dict[str, str]:
    new = sum(len(report.by_status(Status.NEW)) for report in run.reports)
    return {
        "verdict": run.verdict.value,
        "exit-code": str(exit_code(run)),
        "new-findings": str(new),
        "report-folder": str(outputs.folder or ""),
    }


def _report(text: str) -> tuple[str, Path]:
    name, _, path = text.partition("=")
    if not path:
        raise LaunchReadyError(
            f"--report takes FORMAT=FILE (got {text!r})",
            hint="for example --report sarif=out.sarif",
        )
    return _known(name, "--report"), Path(path)


def _known(name: str, option: str) -> str:
    if name in REPORTERS:
        return name
    raise LaunchReadyError(
        f"{option} knows no format {name!r}{did_you_mean(name, REPORTERS)}",
        hint=f"the formats are {', '.join(REPORTERS)}",
    )


def _is_coloured(color: Color) -> bool:
    match color:
        case Color.ALWAYS:
            return True
        case Color.NEVER:
            return False
    return wants_color(os.environ, sys.stdout.isatty())

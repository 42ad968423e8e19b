"""What a command line of a workflow does with secrets: shared by the rules that judge them."""

import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from launchready.facts.workflows import JobFacts, Line, StepFacts, WorkflowFacts
from launchready.frozen import frozen
from launchready.model import FileLocation

_DIRECT = r"\$\{\{\s*secrets\.(?P<direct>[A-Za-z_]\w*+)\s*\}\}"


@frozen
class Command:
    """A command line in its step, and the variables of that step that hold secrets."""

    job: JobFacts
    step: StepFacts
    line: Line
    bound: Mapping[str, str]
    is_in_document: bool = False

    def uses(self) -> Iterator[tuple[str, int, int, bool]]:
        """Each secret in the line: its name, where it begins and ends, and whether GitHub writes
        it into the line before a shell sees it.
        """
        for match in _used().finditer(self.line.text):
            name = match["direct"] or self.bound.get(match["variable"] or match["braced"] or "")
            if name and name.upper() != "GITHUB_TOKEN":
                yield name, match.start(), match.end(), bool(match["direct"])

    def place(self, start: int, end: int) -> FileLocation:
        """Where a part of the line stands; of a line that goes on, its first one."""
        location = self.line.location
        column, last = location.column or 1, location.end_column or 1
        begin = column + start
        if begin >= last:
            return location
        return replace(location, column=begin, end_column=min(column + end, last))


@functools.cache
def _used() -> re.Pattern[str]:
    return re.compile(
        rf"{_DIRECT}|(?<![\\$])\$(?:(?P<variable>[A-Za-z_]\w*+)|\{{(?P<braced>[A-Za-z_]\w*+)\}})"
    )


@functools.cache
def _document() -> re.Pattern[str]:
    return re.compile(r"<<-?\s*([\"']?)([A-Za-z_]\w*)\1")


def commands_of(facts: WorkflowFacts) -> Iterator[Command]:
    """All command lines of a workflow; those inside of here-documents say so."""
    for job in facts.jobs:
        for step in job.steps:
            bound = {
                use.key: use.name
                for use in (*facts.secrets, *job.secrets, *step.secrets)
                if use.key and use.name and use.where.name in ("WORKFLOW", "JOB", "STEP")
            }
            end = ""
            for line in step.lines:
                yield Command(job=job, step=step, line=line, bound=bound, is_in_document=bool(end))
                if end:
                    end = "" if line.text == end else end
                elif opened := _document().search(line.text):
                    end = opened[2]

"""Workflows and deploy scripts: whether the database or the new code comes first."""

from collections.abc import Iterator

from launchready.config.nodes import Node, Scalar
from launchready.documents import child, entries, items, plain
from launchready.documents.yaml import documents_of
from launchready.facts.startup import Move, PipelineFacts
from launchready.model import FileLocation
from launchready.regex import Regex
from launchready.steps.migration_check.files import Files
from launchready.steps.migration_check.frameworks.sql_files import is_foreign, last_of
from launchready.steps.migration_check.startup.scripts import PIECES, Follower
from launchready.steps.migration_check.startup.tools import deploys, is_deploy_action, migrates

_DEPLOY_SCRIPT = Regex(r"(?i)(?:^|/)(?:[\w-]*deploy[\w-]*|release)(?:\.sh|\.bash)?$")
_NOT_LIVE = Regex(r"(?i)(?:^|[\W_])(?:test|tests|e2e|lint|preview|pr)(?:[\W_]|$)")


def of_pipelines(files: Files, follower: Follower) -> Iterator[PipelineFacts]:
    """The pipelines that both migrate and deploy."""
    for path in files.names:
        if is_foreign(path):
            continue
        last = last_of(path)
        moves: tuple[Move, ...] = ()
        if path.startswith(".github/workflows/") and last.endswith((".yml", ".yaml")):
            yield from _of_workflow(path, files.text(path) or "", follower)
            continue
        if _DEPLOY_SCRIPT.search(path) and (text := files.text(path) or "").startswith("#!"):
            moves = tuple(_of_lines(path, text.split("\n"), 1, follower))
        if _has_both(moves):
            yield PipelineFacts(path=path, moves=moves)


def _has_both(moves: tuple[Move, ...]) -> bool:
    return len({move.is_deploy for move in moves}) == 2


def _of_workflow(path: str, text: str, follower: Follower) -> Iterator[PipelineFacts]:
    """One pipeline for each job, with what runs before it."""
    if "jobs" not in text:
        return
    for document in (documents_of(text) or ())[:1]:
        jobs = {str(key.value): job for key, job in entries(child(document, "jobs"))}
        own = {
            name: tuple(_of_job(path, job, follower, text))
            for name, job in jobs.items()
            if not _NOT_LIVE.search(name)
        }
        needs = {name: _names(child(job, "needs")) for name, job in jobs.items()}
        for name, its in own.items():
            before = [move for each in _before(name, needs) for move in own.get(each, ())]
            moves = (*before, *its)
            is_its = bool(its) and (
                _has_both(its) or {m.is_deploy for m in before} != {m.is_deploy for m in moves}
            )
            if _has_both(moves) and is_its:
                yield PipelineFacts(path=path, moves=moves)


def _before(name: str, needs: dict[str, tuple[str, ...]]) -> list[str]:
    """The jobs that a job waits for, those that run first before the others."""
    found: dict[str, None] = {}
    stack = [(each, False) for each in reversed(needs.get(name, ()))]
    begun = {name}
    while stack:
        each, is_done = stack.pop()
        if is_done:
            found[each] = None
        elif each not in begun:
            begun.add(each)
            stack.append((each, True))
            stack += ((other, False) for other in reversed(needs.get(each, ())))
    return list(found)


def _names(node: Node | None) -> tuple[str, ...]:
    if isinstance(node, Scalar):
        return (plain(node),)
    return tuple(plain(each) for each in items(node))


def _of_job(path: str, job: Node, follower: Follower, text: str) -> Iterator[Move]:
    for step in items(child(job, "steps")):
        uses, run = child(step, "uses"), child(step, "run")
        if uses is not None and is_deploy_action(plain(uses)):
            place = FileLocation(path=path, line=uses.line)
            yield Move(is_deploy=True, text=plain(uses), location=place)
        for node in (run, child(step, "with", "script"), child(step, "with", "run")):
            if isinstance(node, Scalar) and plain(node):
                first = node.line + (1 if "\n" in plain(node).rstrip("\n") else 0)
                yield from _of_lines(path, plain(node).split("\n"), first, follower)


def _of_lines(path: str, lines: list[str], first: int, follower: Follower) -> Iterator[Move]:
    """The moves of command lines, in order; a line may hold several."""
    for number, line in enumerate(lines[:5000], first):
        place = FileLocation(path=path, line=number)
        for piece in PIECES.split(line):
            if words := deploys(piece):
                yield Move(is_deploy=True, text=words, location=place)
            elif found := migrates(piece):
                yield Move(is_deploy=False, text=found[1], location=place)
            else:
                for hit in follower.hits(piece, place):
                    yield Move(is_deploy=False, text=hit.text, location=place)

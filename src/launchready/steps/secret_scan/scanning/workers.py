"""Scans shares in worker processes. A worker that fails or is killed never reads as a pass."""

import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from launchready.catalog.kinds import Keyword, Kind
from launchready.frozen import frozen
from launchready.gateways.git import Git
from launchready.model import Confidence, Unchecked
from launchready.steps.secret_scan.engines.choice import choose_engine
from launchready.steps.secret_scan.engines.interface import Engine
from launchready.steps.secret_scan.scanning.scan import Scanner
from launchready.steps.secret_scan.scanning.shares import Share
from launchready.steps.secret_scan.scanning.sightings import Advance, Origin, Seen

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import BaseContext
    from multiprocessing.process import BaseProcess

    from launchready.steps.secret_scan.scanning.witness import Witness

_PATIENCE_SECONDS = 5.0
_MANY = 5_000
"""Texts that hold enough for every process to load all that judging needs."""


class WorkerError(Exception):
    """A worker met a bug of ours. `frames` says where, and nothing of what it was reading."""

    def __init__(self, frames: str) -> None:
        super().__init__(frames)
        self.add_note(frames)


@frozen
class Bench:
    """What scanning needs. Without `engine` each process chooses its own."""

    root: Path
    git: Git
    kinds: Sequence[Kind]
    minimum: Confidence
    engine: Engine | None = None
    witness: "Witness | None" = None


@frozen
class _Worker:
    """One that runs, and how many texts it was given."""

    process: "BaseProcess"
    connection: "Connection"
    texts: int


@frozen
class _Broke:
    """What a worker says of its own end: the frames and the name of the exception."""

    frames: str


def scan_hands(bench: Bench, hands: Sequence[Sequence[Share]]) -> Iterator[Seen]:
    """What is in all the shares: of one hand in this process, of several in one process each."""
    if len(hands) <= 1:
        yield from _scan_hand(bench, [share for hand in hands for share in hand])
        return
    with _started(bench, hands) as workers:
        yield from _gather(workers)


def _scan_hand(bench: Bench, hand: Sequence[Share]) -> Iterator[Seen]:
    engine = bench.engine or choose_engine(bench.kinds, is_small=False)
    scanner = Scanner(
        kinds=bench.kinds, engine=engine, minimum=bench.minimum, witness=bench.witness
    )
    for share in hand:
        if share.origin in (Origin.ARTIFACT, Origin.RUN):
            from launchready.steps.secret_scan.scanning.artifacts import scan_artifacts

            yield from scan_artifacts(scanner, share, bench.root)
            continue
        yield from scanner.scan(share.read(bench.root, bench.git), share.sources())


@contextmanager
def _started(bench: Bench, hands: Sequence[Sequence[Share]]) -> Iterator[list[_Worker]]:
    """The workers; whatever happens, none is left running afterwards."""
    import multiprocessing

    context: BaseContext = multiprocessing.get_context("fork" if _can_fork() else "spawn")
    if context.get_start_method() == "fork":
        if sum(len(share.names) for hand in hands for share in hand) >= _MANY:
            _make_ready(bench.kinds)
    else:
        bench = replace(bench, engine=None)  # a compiled database cannot be sent
    workers: list[_Worker] = []
    try:
        for hand in hands:
            receiver, sender = context.Pipe(duplex=False)
            process = context.Process(target=_work, args=(bench, hand, sender), daemon=True)  # type: ignore[attr-defined]
            process.start()
            sender.close()  # so that the worker's end is the end of the stream
            texts = sum(len(share.names) for share in hand)
            workers.append(_Worker(process=process, connection=receiver, texts=texts))
        yield workers
    finally:
        for worker in workers:
            worker.process.terminate()
        for worker in workers:
            worker.process.join(_PATIENCE_SECONDS)
            worker.process.kill()
            worker.connection.close()


def _make_ready(kinds: Sequence[Kind]) -> None:
    """Judge an example of each kind that is told by its name, as every history holds some.

    What that loads and compiles is then there in every process, and not made again in each.
    """
    import random

    from launchready.steps.secret_scan.formats import formats
    from launchready.steps.secret_scan.judging.confirm import confirm

    for kind in kinds:
        if isinstance(kind.format, Keyword):
            example = formats.sample(kind, random.Random(0))  # noqa: S311 - no secret is drawn
            confirm(kind, example.encode(), ".env")


def _can_fork() -> bool:
    """Forking is safe only on Linux and only while there is a single thread."""
    return sys.platform == "linux" and threading.active_count() == 1


def _work(bench: Bench, hand: Sequence[Share], sender: "Connection") -> None:
    """The life of a worker: send lists of what was seen, then None, or why not."""
    import gc
    import signal

    gc.freeze()  # what a fork inherits is not looked through, and so not copied
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what an interrupt ends
    try:
        waiting: list[Seen] = []
        for seen in _scan_hand(bench, hand):
            waiting.append(seen)
            if isinstance(seen, Advance):
                sender.send(waiting)
                waiting = []
        sender.send(waiting)
        sender.send(None)
    except Exception as error:  # noqa: BLE001 - the parent raises it
        import traceback

        frames = "".join(traceback.format_tb(error.__traceback__))
        sender.send(_Broke(frames=f"{frames}{type(error).__name__}"))


def _gather(workers: Sequence[_Worker]) -> Iterator[Seen]:
    """What the workers send, as it comes."""
    from multiprocessing.connection import wait

    waiting = {worker.connection: worker for worker in workers}
    left = {worker.connection: worker.texts for worker in workers}
    while waiting:
        for connection in cast("list[Connection]", wait(list(waiting))):
            try:
                message: Any = connection.recv()
            except (EOFError, OSError):
                yield _killed(waiting.pop(connection), left[connection])
                continue
            if message is None:
                del waiting[connection]
                continue
            if isinstance(message, _Broke):
                raise WorkerError(message.frames)
            seen: Seen
            for seen in message:
                if isinstance(seen, Advance):
                    left[connection] -= seen.texts
                yield seen


def _killed(worker: _Worker, left: int) -> Unchecked:
    worker.process.join(_PATIENCE_SECONDS)
    code = worker.process.exitcode or 0
    how = f"was killed by signal {-code}" if code < 0 else f"ended with code {code}"
    return Unchecked(
        target="a part of the texts",
        reason=f"a worker process {how} with {left:,} of its {worker.texts:,} texts unread",
        hint="give the job more memory, or set fewer processes with --jobs",
    )

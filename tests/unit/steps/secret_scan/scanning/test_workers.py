"""Worker processes: together they see what one sees, and none fails in silence."""

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from tests.repository import Repository, live_key

from launchready.catalog.secrets import KINDS
from launchready.gateways.git import Git
from launchready.model import Confidence, Unchecked
from launchready.steps.secret_scan.engines.interface import Candidate
from launchready.steps.secret_scan.engines.pure import ReEngine
from launchready.steps.secret_scan.scanning import shares, workers
from launchready.steps.secret_scan.scanning.shares import Share, deal
from launchready.steps.secret_scan.scanning.sightings import Advance, Origin, Seen, Sighting
from launchready.steps.secret_scan.scanning.workers import Bench, WorkerError, scan_hands

COUNT = 40


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository.at(tmp_path / "repository")


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shares, "SMALL", 4)


class Engine(ReEngine):
    """An engine that does something else when it comes to a certain text."""

    def __init__(self, word: bytes, act: Callable[[], None]) -> None:
        super().__init__(KINDS)
        self._word = word
        self._act = act

    def candidates(self, buffer: bytearray, length: int) -> list[Candidate]:
        if self._word in buffer[:length]:
            self._act()
        return super().candidates(buffer, length)


def files(repository: Repository) -> Share:
    """Files with a key each, large enough for a buffer of its own."""
    names = tuple(f"file{number}.txt" for number in range(COUNT))
    filler = "padding\n" * 80_000
    repository.write(
        {name: f"number {n};\nkey = '{live_key(n)}'\n{filler}" for n, name in enumerate(names)}
    )
    return Share(origin=Origin.DISK, names=names, paths=names)


def scan(repository: Repository, share: Share, engine: ReEngine, jobs: int = 2) -> Iterator[Seen]:
    root = repository.path
    bench = Bench(root=root, git=Git(root), kinds=KINDS, minimum=Confidence.MEDIUM, engine=engine)
    return scan_hands(bench, deal([share], jobs))


def found(seen: Sequence[Seen]) -> set[str]:
    return {each.source.name for each in seen if isinstance(each, Sighting)}


@pytest.fixture
def forks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Engines of the tests cannot be sent to a new interpreter, so workers are forks here.

    Threads of other tests' servers may be about to end: a fork is wanted all the same.
    """
    deadline = time.monotonic() + 20
    while threading.active_count() > 1 and time.monotonic() < deadline:
        time.sleep(0.05)
    monkeypatch.setattr(workers, "_can_fork", lambda: True)


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_several_see_what_one_sees(repository: Repository, jobs: int) -> None:
    share = files(repository)
    seen = list(scan(repository, share, ReEngine(KINDS), jobs))
    assert found(seen) == set(share.names)
    assert sum(each.texts for each in seen if isinstance(each, Advance)) == COUNT


def test_a_new_interpreter_does_as_well_as_a_fork(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "_can_fork", lambda: False)
    share = files(repository)
    assert found(list(scan(repository, share, ReEngine(KINDS)))) == set(share.names)


def test_objects_are_shared_out_too(repository: Repository) -> None:
    repository.commit({f"f{n}.txt": f"key = '{live_key(n)}'" for n in range(COUNT)})
    history, _ = Git(repository.path).history()
    names = tuple(name.decode() for name in history.blobs)
    share = Share(origin=Origin.HISTORY, names=names, paths=(None,) * COUNT)
    assert found(list(scan(repository, share, ReEngine(KINDS), 2))) == set(names)


@pytest.mark.usefixtures("forks")
@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork: run on Linux")
def test_a_killed_worker_is_no_pass(repository: Repository) -> None:
    share = files(repository)
    parent = os.getpid()

    def die() -> None:
        if os.getpid() != parent:
            os.kill(os.getpid(), signal.SIGKILL)

    seen = list(scan(repository, share, Engine(b"number 7;", die)))
    (unchecked,) = (each for each in seen if isinstance(each, Unchecked))
    assert unchecked.reason.startswith("a worker process was killed by signal 9 with ")
    assert "--jobs" in unchecked.hint
    assert "file7.txt" not in found(seen)
    assert found(seen) >= {"file0.txt", "file34.txt"}


@pytest.mark.usefixtures("forks")
def test_a_worker_that_leaves_is_no_pass(repository: Repository) -> None:
    share = files(repository)
    seen = list(scan(repository, share, Engine(b"number 7;", lambda: os._exit(3))))
    (unchecked,) = (each for each in seen if isinstance(each, Unchecked))
    assert unchecked.reason.startswith("a worker process ended with code 3 with ")


@pytest.mark.usefixtures("forks")
def test_a_bug_in_a_worker_is_raised_without_what_it_read(repository: Repository) -> None:
    share = files(repository)

    def fail() -> None:
        raise ValueError(live_key(7))

    with pytest.raises(WorkerError, match="ValueError") as raised:
        list(scan(repository, share, Engine(b"number 7;", fail)))
    assert live_key(7) not in str(raised.value)
    assert "candidates" in str(raised.value)
    _nobody_is_left()


@pytest.mark.usefixtures("forks")
def test_an_interrupt_ends_the_workers(repository: Repository) -> None:
    share = files(repository)

    def interrupt() -> None:
        os.kill(os.getppid(), signal.SIGINT)
        signal.pause()

    with pytest.raises(KeyboardInterrupt):
        list(scan(repository, share, Engine(b"number 7;", interrupt)))
    _nobody_is_left()


def test_stopping_early_ends_the_workers(repository: Repository) -> None:
    seen = scan(repository, files(repository), ReEngine(KINDS))
    next(seen)
    seen.close()  # type: ignore[attr-defined]
    _nobody_is_left()


def _nobody_is_left() -> None:
    import multiprocessing

    assert multiprocessing.active_children() == []


@pytest.mark.parametrize(
    ("counts", "jobs", "hands"),
    [
        ((3,), 2, 1),
        ((4,), 1, 1),
        ((4,), 2, 2),
        ((100, 1), 3, 3),
        ((), 2, 1),
    ],
    ids=["few texts", "one job", "enough", "unequal shares", "nothing"],
)
def test_every_text_is_dealt_once(counts: tuple[int, ...], jobs: int, hands: int) -> None:
    dealt = deal(
        [
            Share(
                origin=Origin.DISK,
                names=tuple(f"{number}-{n}" for n in range(count)),
                paths=tuple(f"{number}-{n}" for n in range(count)),
            )
            for number, count in enumerate(counts)
        ],
        jobs,
    )
    assert len(dealt) == hands
    names = [name for hand in dealt for share in hand for name in share.names]
    expected = [f"{number}-{n}" for number, count in enumerate(counts) for n in range(count)]
    assert sorted(names) == sorted(expected)
    assert all(share.names == share.paths for hand in dealt for share in hand)


def test_a_hand_reads_the_texts_of_one_origin_at_once() -> None:
    names = tuple(map(str, range(100)))
    dealt = deal(
        [
            Share(origin=origin, names=names, paths=names)
            for origin in (Origin.HISTORY, Origin.MESSAGE)
        ],
        2,
    )
    origins = [[share.origin for share in hand] for hand in dealt]
    assert origins == [[Origin.HISTORY, Origin.MESSAGE]] * 2

"""Files that are asked for together are read at once: of the index, each reading is a process."""

from collections.abc import Iterator, Sequence

from launchready.model import Unchecked
from launchready.steps.migration_check.files import Files

NOT_READ = Unchecked(target="b.sql", reason="no", hint="mend it")


class Reading:
    """A reader that notes what it was asked for."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, ...]] = []

    def __call__(self, paths: Sequence[str]) -> Iterator[tuple[str, bytes | Unchecked]]:
        self.asked.append(tuple(paths))
        for path in paths:
            yield path, NOT_READ if path == "b.sql" else path.encode()


def test_what_was_fetched_is_not_read_again() -> None:
    reading = Reading()
    files = Files(("a.sql", "b.sql", "c.sql"), read=reading)
    files.fetch(("c.sql", "a.sql", "b.sql", "elsewhere.sql"))
    assert (files.text("a.sql"), files.text("b.sql"), files.text("c.sql")) == (
        "a.sql",
        None,
        "c.sql",
    )
    files.fetch(("a.sql", "b.sql"))
    assert reading.asked == [("a.sql", "b.sql", "c.sql")]
    assert files.unread == {"b.sql": NOT_READ}


def test_what_was_not_fetched_is_read_when_it_is_asked_for() -> None:
    reading = Reading()
    files = Files(("a.sql",), read=reading)
    assert files.bytes("a.sql") == b"a.sql"
    assert files.bytes("elsewhere.sql") is None
    assert reading.asked == [("a.sql",)]

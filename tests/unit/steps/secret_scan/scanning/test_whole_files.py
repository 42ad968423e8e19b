"""Kinds that are all of a file are told by its path, wherever the file comes from."""

import pytest
from tests.unit.steps.secret_scan.judging import judged
from tests.unit.steps.secret_scan.scanning.test_scan import sightings

from launchready.catalog.secrets import KINDS

KEY = judged.drawn("{hex:32}").encode()
PATHS = (
    "config/master.key",
    "shop/config/credentials/production.key",
    "config/secrets.yml.key",
    "shop.zip!/shop/config/master.key",
)


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("end", [b"", b"\n", b"\r\n"])
def test_a_key_file_is_found_among_others(path: str, end: bytes) -> None:
    (seen, other) = sightings(KEY + end, b"x = 1", KEY, path=path)
    assert KINDS[seen.kind].id == "rails-key-file"
    assert (seen.line, seen.column, seen.end_column) == (1, 1, 33)
    assert seen.digest == other.digest
    assert KEY.decode() not in repr(seen)


@pytest.mark.parametrize(
    "path", ["config/other.key", "master.key.md", "lib/config/master.rb", None]
)
def test_elsewhere_the_same_is_any_hash(path: str | None) -> None:
    assert sightings(KEY, path=path) == []


@pytest.mark.parametrize("text", [KEY + b"0", KEY[:-1], b"x" + KEY[1:], b"key: " + KEY, b""])
def test_what_rails_would_refuse_is_no_key(text: bytes) -> None:
    assert sightings(text, path=PATHS[0]) == []

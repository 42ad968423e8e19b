"""Bundles are told from source by their size and their lines."""

import pytest

from launchready.steps.env_lint.observe import is_built


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param(b"x=process.env.A;" * 9000, True, id="a bundle"),
        pytest.param(b"const x = process.env.A;\n" * 9000, False, id="a long source"),
        pytest.param(b"x=process.env.A;" * 90, False, id="a short line"),
        pytest.param(b"", False, id="nothing"),
    ],
)
def test_bundles(content: bytes, expected: bool) -> None:
    assert is_built(content) is expected

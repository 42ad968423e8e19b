"""The command line as a whole, in this process."""

import io
import sys

import pytest

from launchready.cli.main import main


def test_any_stream_will_do(monkeypatch: pytest.MonkeyPatch) -> None:
    stdout = io.StringIO()
    monkeypatch.setattr(sys, "stdout", stdout)
    monkeypatch.setattr(sys, "argv", ["launchready", "steps"])
    with pytest.raises(SystemExit) as end:
        main()
    assert not end.value.code
    assert stdout.getvalue().startswith("secret-scan  ")

"""Start-up: `launchready --help` and the pre-commit hook on one staged file, beside bare Python."""

import subprocess
import sys
import tempfile
from pathlib import Path

from tests.bench.measure import cost_of

LAUNCHREADY = [sys.executable, "-I", "-m", "launchready"]
CASES = (
    ("python -c pass", [sys.executable, "-I", "-c", "pass"], None),
    ("launchready --help", [*LAUNCHREADY, "--help"], 0.10),
    ("launchready secret-scan --help", [*LAUNCHREADY, "secret-scan", "--help"], None),
    ("launchready secret-scan --staged, 1 file", [*LAUNCHREADY, "secret-scan", "--staged"], 0.25),
)


def main() -> None:
    """Print the median CPU seconds of each case and what it may cost at most."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "app.py").write_text("password = load('PASSWORD')\n" * 200, encoding="utf-8")
        for words in (["init", "-q"], ["add", "app.py"]):
            subprocess.run(["git", *words], cwd=folder, check=True)
        print(f"{'':42} {'CPU s':>7} {'limit':>7} {'peak MiB':>9}")
        for title, command, limit in CASES:
            cost = cost_of(command, folder=folder, runs=15)
            shown = f"{limit:.2f}" if limit else ""
            print(f"{title:42} {cost.cpu_seconds:7.3f} {shown:>7} {cost.peak_mib:9.0f}")


if __name__ == "__main__":
    main()

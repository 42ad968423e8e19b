"""`python -m launchready.generate.dist`, run at the top of the source tree: builds dist/."""

import hashlib
import shutil
from pathlib import Path

import click

from launchready.generate.bundle import bundle, notice
from launchready.generate.mirror import mirror_files
from launchready.generate.wheels import fetch_wheels
from launchready.registry import STEPS

WHEELS = Path("dist", "wheels")


def build(root: Path, folder: Path) -> None:
    """Write the bundle, its checksum and the mirror trees into `folder`. Raises LaunchReadyError.

    The wheels are kept below `root`, where a second build finds them again.
    """
    lock = (root / "requirements" / "run.txt").read_text(encoding="utf-8")
    wheels = fetch_wheels(lock, root / WHEELS)
    content = bundle(root / "src", wheels)
    digest = hashlib.sha256(content).hexdigest()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "launchready.pyz").write_bytes(content)
    (folder / "launchready.pyz.sha256").write_bytes(f"{digest}  launchready.pyz\n".encode())
    shutil.rmtree(folder / "actions", ignore_errors=True)
    for entry in STEPS.values():
        for name, part in mirror_files(entry, root, content, notice(wheels)).items():
            path = folder / "actions" / entry.name / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(part)


@click.command()
def dist() -> None:
    """Build dist/."""
    build(Path(), Path("dist"))
    click.echo(Path("dist", "launchready.pyz.sha256").read_text(encoding="utf-8"), nl=False)


if __name__ == "__main__":
    dist()

"""What goes into the bundle goes with its licence."""

import zipfile
from pathlib import Path

import pytest

from launchready.generate.bundle import notice
from launchready.generate.wheels import Pin

PIN = Pin(name="thing", version="1.0", hashes=frozenset())


def wheel(folder: Path, metadata: str, licence: str | None = "Do as you like.") -> Path:
    """A wheel with this metadata and licence text."""
    path = folder / "thing-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("thing-1.0.dist-info/METADATA", f"Name: thing\n{metadata}\n")
        if licence is not None:
            archive.writestr("thing-1.0.dist-info/licenses/LICENSE", licence)
    return path


@pytest.mark.parametrize(
    ("metadata", "name"),
    [
        ("License-Expression: MIT\nLicense: old words", "MIT"),
        ("License: BSD-3-Clause", "BSD-3-Clause"),
        ("License: UNKNOWN\nClassifier: License :: OSI Approved :: ISC License", "ISC License"),
        ("Classifier: Topic :: Games", "see below"),
    ],
    ids=["the expression first", "the older field", "the classifier", "none of them"],
)
def test_a_package_is_named_with_its_licence(tmp_path: Path, metadata: str, name: str) -> None:
    text = notice({PIN: wheel(tmp_path, metadata)})
    assert f"\nthing 1.0 ({name})" in text
    assert "Do as you like." in text


def test_a_package_without_a_licence_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"thing-1\.0-py3-none-any\.whl has no licence text"):
        notice({PIN: wheel(tmp_path, "License: MIT", licence=None)})

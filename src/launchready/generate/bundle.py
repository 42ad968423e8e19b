"""launchready.pyz: the package and its dependencies in one archive that any Python since 3.11 runs.

The same sources give the same bytes on every machine: fixed order, dates and permissions, and no
compression, whose output differs between versions of zlib. What carries the file (a tarball, git)
compresses it.
"""

import io
import zipfile
from collections.abc import Iterator, Mapping
from email import message_from_string
from email.message import Message
from pathlib import Path

from launchready import __version__
from launchready.generate.wheels import Pin

_NATIVE = (".so", ".pyd", ".dylib")
_FOR_DEVELOPERS = ("launchready/generate/",)

_MAIN = '''\
"""python launchready.pyz COMMAND"""

import sys

if sys.version_info < (3, 11):
    sys.exit("error: launchready needs Python 3.11 or newer")

from launchready.cli.main import main

if __name__ == "__main__":
    main()
'''

# certifi's list of certificates is under a copyleft licence (MPL-2.0), which the bundle holds none
# of: where something asks for the list, the machine's own is named.
_LEFT_OUT = "certifi"
_CERTIFI = '''\
"""Stands in for certifi: names the certificates that this machine trusts."""

import ssl


def where() -> str:
    return ssl.get_default_verify_paths().cafile or ""
'''

_NOTICE = """\
launchready {version} is under the MIT License, see LICENSE.

launchready.pyz also holds these packages as their authors published them, as source files; compiled
parts are left out.
"""


def bundle(source: Path, wheels: Mapping[Pin, Path]) -> bytes:
    """The archive of the package below `source` and of the wheels."""
    files: dict[str, bytes] = {
        "__main__.py": _MAIN.encode(),
        "NOTICE": notice(wheels).encode(),
        f"{_LEFT_OUT}.py": _CERTIFI.encode(),
        **dict(_own_files(source)),
    }
    for wheel in _held(wheels).values():
        for name, content in _members(wheel):
            if files.setdefault(name, content) != content:
                raise ValueError(f"{wheel.name} holds another {name}")
    return b"#!/usr/bin/env python3\n" + _archive(files)


def notice(wheels: Mapping[Pin, Path]) -> str:
    """Whose work the bundle holds, and under which licences."""
    parts = [_NOTICE.format(version=__version__)]
    for pin, wheel in sorted(_held(wheels).items(), key=lambda item: item[0].name):
        licence, texts = _licence(wheel)
        parts.append(f"{'=' * 80}\n{pin.name} {pin.version} ({licence})\n{'=' * 80}\n\n{texts}")
    return "\n".join(parts)


def _held(wheels: Mapping[Pin, Path]) -> Mapping[Pin, Path]:
    """The wheels whose files the bundle holds."""
    return {pin: wheel for pin, wheel in wheels.items() if pin.name != _LEFT_OUT}


def _own_files(source: Path) -> Iterator[tuple[str, bytes]]:
    for path in (source / "launchready").rglob("*"):
        name = path.relative_to(source).as_posix()
        is_wanted = path.is_file() and "__pycache__" not in path.parts
        if is_wanted and not name.startswith(_FOR_DEVELOPERS):
            yield name, path.read_bytes()


def _members(wheel: Path) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            is_metadata = name.partition("/")[0].endswith((".dist-info", ".data"))
            if not is_metadata and not name.endswith(("/", ".pyi", *_NATIVE)):
                yield name, archive.read(name)


def _licence(wheel: Path) -> tuple[str, str]:
    """The licence's name, as the metadata gives it, and its texts."""
    with zipfile.ZipFile(wheel) as archive:
        about = {n: n.partition("/")[2] for n in sorted(archive.namelist()) if ".dist-info/" in n}
        texts = [
            archive.read(name).decode()
            for name, file in about.items()
            if file.startswith(("licenses/", "LICEN", "COPYING", "NOTICE"))
            if not file.endswith("/")
        ]
        (metadata,) = (name for name, file in about.items() if file == "METADATA")
        fields = message_from_string(archive.read(metadata).decode())
    if not texts:
        raise ValueError(f"{wheel.name} has no licence text")
    named = (fields["License-Expression"], fields["License"], *_classified(fields))
    name = next(each for each in (*named, "see below") if each and each != "UNKNOWN")
    return name, "\n".join(texts)


def _classified(fields: Message) -> Iterator[str]:
    """The licences among the classifiers: "License :: OSI Approved :: MIT License"."""
    for classifier in fields.get_all("Classifier", ()):
        if classifier.startswith("License :: "):
            yield classifier.rpartition(" :: ")[2]


def _archive(files: Mapping[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compression=zipfile.ZIP_STORED) as archive:
        for name in sorted(files):
            member = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            member.create_system = 3  # Unix, whatever builds
            member.external_attr = 0o100644 << 16
            archive.writestr(member, files[name])
    return stream.getvalue()

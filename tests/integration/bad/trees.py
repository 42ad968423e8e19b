"""Files on disk that are locked, endless, oddly named, or no files at all."""

import os
import socket
from pathlib import Path

from tests.integration.bad.cases import KEY, LEAK, Build, Shop, found, gap, passed


def _lfs(shop: Shop) -> None:
    pointer = f"version https://git-lfs.github.com/spec/v1\noid sha256:{'ab' * 32}\nsize 12345\n"
    attributes = "*.bin filter=lfs diff=lfs merge=lfs -text\n"
    shop.repository.commit({".gitattributes": attributes, "logo.bin": pointer}, "A logo")
    for key in ("clean", "smudge", "process"):
        shop.repository.git("config", f"filter.lfs.{key}", "touch ran #")


def _locked_file(shop: Shop) -> None:
    shop.repository.write({"pay.py": LEAK})
    (shop.folder / "pay.py").chmod(0)
    shop.heeds_permissions = True


def _locked_folder(shop: Shop) -> None:
    shop.repository.write({"locked/pay.py": LEAK})
    (shop.folder / "locked").chmod(0)
    shop.heeds_permissions = True


def _locked_folder_of_files(shop: Shop) -> None:
    shop.repository.commit({"locked/pay.py": "print('pay')\n"})
    (shop.folder / "locked/pay.py").write_text(LEAK, encoding="utf-8")
    (shop.folder / "locked").chmod(0)
    shop.heeds_permissions = True


def _links(shop: Shop) -> None:
    """Circles, a link to nowhere, and one to a file with a key that is not of the repository."""
    (shop.place / "outside.py").write_text(LEAK, encoding="utf-8")
    links = {"a": "b", "b": "a", "app/up": "..", "self": "self", "gone": "nowhere"}
    for name, target in {**links, "out.py": "../outside.py", "etc": "/etc"}.items():
        (shop.folder / name).symlink_to(target)
    shop.repository.commit({}, "Links")


def _link_that_is_a_key(shop: Shop) -> None:
    (shop.folder / "link").symlink_to(f"https://pay.example/{KEY}")


def _pipes_and_sockets(shop: Shop) -> None:
    os.mkfifo(shop.folder / "pipe")
    with socket.socket(socket.AF_UNIX) as listener:
        before = Path.cwd()
        os.chdir(shop.folder)  # the address of a socket is short
        listener.bind("socket")
        os.chdir(before)


def _pipe_in_the_place_of_a_file(shop: Shop) -> None:
    (shop.folder / "README.md").unlink()
    os.mkfifo(shop.folder / "README.md")


def named(name: bytes) -> Build:
    """The key lies in a file of this name."""

    def build(shop: Shop) -> None:
        path = os.path.join(os.fsencode(shop.folder), name)  # noqa: PTH118 - bytes
        Path(os.fsdecode(path)).write_text(LEAK, encoding="utf-8")
        shop.repository.commit({}, "A file")

    return build


def _two_gigabytes(shop: Shop) -> None:
    with (shop.folder / "dump.sql").open("wb") as file:
        file.seek(2 << 30)
        file.write(b"\n" + LEAK.encode())


def _unmerged(shop: Shop) -> None:
    """Two sides of a merge in the index, and a key in the file that is to be mended."""
    base = shop.repository.git("rev-parse", "HEAD")
    ours = shop.repository.commit({"app/page.py": "print('black tea')\n"})
    shop.repository.branch("side", base)
    shop.repository.commit({"app/page.py": "print('green tea')\n"})
    shop.repository.git("switch", "--quiet", "main")
    shop.repository.git("read-tree", "-m", base, ours, "side")
    shop.repository.write({"app/page.py": f"<<<<<<< ours\n{LEAK}=======\n>>>>>>> side\n"})


TREES = (
    gap(
        "pointers of LFS, and filters that would run",
        _lfs,
        "logo.bin: git LFS keeps the content elsewhere: only a pointer to it is here",
    ),
    gap(
        "a file that this user may not read",
        _locked_file,
        "pay.py: it cannot be read: Permission denied",
    ),
    gap(
        "a new folder that this user may not enter",
        _locked_folder,
        "locked: it cannot be read: Permission denied",
    ),
    gap(
        "a folder that this user may not enter any more",
        _locked_folder_of_files,
        "locked/pay.py: it cannot be read: Permission denied",
    ),
    passed("links in circles, to nowhere and out of the repository", _links),
    found("a link whose target is a key", _link_that_is_a_key, "link"),
    passed("pipes and sockets beside the files", _pipes_and_sockets),
    passed("a pipe that took the place of a file", _pipe_in_the_place_of_a_file),
    found("a name that is not UTF-8", named(b"caf\xe9.py"), "caf\\xe9.py"),
    found("a line end in a name", named(b"a\n::error::x\n.py"), "a\n::error::x\n.py"),
    found("a command of the log in a name", named(b"::error::x"), "::error::x"),
    found("an older command in a name", named(b"a ##[error]x"), "a ##[error]x"),
    found("a tab and an escape in a name", named(b"a\t\x1b[31m\x07.py"), "a\t\x1b[31m\x07.py"),
    found("a name that is an option", named(b"--output=ran"), "--output=ran"),
    found("a name that is a pattern", named(b":(glob)*"), ":(glob)*"),
    found("a file of 2 GB with the key at its end", _two_gigabytes, "dump.sql", is_slow=True),
    found("a merge half done", _unmerged, "app/page.py"),
    found(
        "a merge half done, judged by its change",
        _unmerged,
        "app/page.py",
        words=("check", "--base-ref", "side"),
    ),
)

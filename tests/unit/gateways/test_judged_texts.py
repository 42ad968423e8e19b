"""The text of one file as it was judged."""

from pathlib import Path

from tests.repository import Repository

from launchready.gateways import Gateways
from launchready.gateways.git import Git
from launchready.gateways.judged_texts import reader_of
from launchready.gateways.progress import Progress


def gateways_of(folder: Path) -> Gateways:
    return Gateways(root=folder, git=Git(folder), progress=Progress(None))


def test_of_the_work_tree_and_of_the_index(tmp_path: Path) -> None:
    Repository.at(tmp_path).commit({"a.sql": "staged"})
    (tmp_path / "a.sql").write_text("saved", encoding="utf-8")
    (tmp_path / "b.sql").write_text("new", encoding="utf-8")
    assert reader_of(gateways_of(tmp_path))("a.sql") == "saved"
    assert reader_of(gateways_of(tmp_path), staged=True)("a.sql") == "staged"
    assert reader_of(gateways_of(tmp_path), staged=True)("b.sql") is None


def test_what_is_no_file_has_no_text(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "link").symlink_to("/etc/hostname")
    read = reader_of(gateways_of(tmp_path))
    assert [read(path) for path in ("folder", "link", "gone", "a\0b")] == [None] * 4
    assert reader_of(gateways_of(tmp_path), staged=True)("a.sql") is None

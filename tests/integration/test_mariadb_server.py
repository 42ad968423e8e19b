"""A MariaDB of our own: by one socket, not as root, gone afterwards."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.mariadb import installed

from launchready.frozen import replace
from launchready.gateways.mariadb import throwaway
from launchready.gateways.mariadb.client import MariadbError, RefusedStatementError, Session
from launchready.gateways.mariadb.launch import launched
from launchready.gateways.mariadb.server import MariadbServer
from launchready.gateways.mariadb.throwaway import throwaway_mariadb
from launchready.model import Unchecked


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MariadbServer]:
    with launched(installed(), cache=tmp_path_factory.mktemp("cache")) as found:
        yield found


def pid_of(server: MariadbServer) -> int:
    return int((Path(server.socket).parent / "data" / "mariadb.pid").read_text())


def test_it_is_nobodys_but_ours(server: MariadbServer) -> None:
    found = Path(f"/proc/{pid_of(server)}").stat()
    assert found.st_uid != 0
    assert Path(server.socket).parent.stat().st_mode & 0o077 == 0
    with server.connect() as session:
        assert session.run("SELECT @@skip_networking, @@port") == [("1", "0")]
        with pytest.raises(RefusedStatementError, match=r"secure.file.priv"):
            session.run("SELECT 1 INTO OUTFILE '/tmp/launchready-not-here'")


def test_a_database_lasts_as_long_as_its_block(server: MariadbServer) -> None:
    with server.database() as name, server.connect(name) as session:
        session.run("CREATE TABLE `a\"b` (`it's` INT)")
        session.run('INSERT INTO `a"b` VALUES (1), (2)')
        assert session.changed == 2
        with server.read(name) as other:
            assert other.run('SELECT "it\'s" FROM "a""b"') == [("1",), ("2",)]
        with pytest.raises(RefusedStatementError) as caught:
            session.run('SELECT nothing FROM `a"b`')
        assert (caught.value.code, caught.value.message[:14]) == ("1054", "Unknown column")
    with server.connect() as session:
        assert session.value(f"SHOW DATABASES LIKE '{name}'") is None


def test_a_session_that_is_lost_says_so(server: MariadbServer) -> None:
    with server.connect() as session, server.connect() as other:
        other.run(f"KILL {session.value('SELECT connection_id()')}")
        with pytest.raises(RefusedStatementError, match=r"20(06|13)"):
            session.run("SELECT 1")


def test_nothing_stays(tmp_path: Path) -> None:
    installed()
    for _ in range(2):  # made, then copied
        with throwaway_mariadb(cache=tmp_path) as server:
            assert isinstance(server, MariadbServer)
            pid, folder = pid_of(server), Path(server.socket).parent
            assert folder.is_dir()
        assert not folder.exists()
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)
    assert [each.name.partition("-")[0] for each in tmp_path.iterdir()] == ["mariadb"]


def test_what_is_missing_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with pytest.raises(MariadbError, match="no session with the server"):
        Session(str(tmp_path / "none"), user="root")
    monkeypatch.setattr(throwaway, "find_installation", lambda: None)
    with throwaway_mariadb(cache=tmp_path) as server:
        assert isinstance(server, Unchecked)
        assert "mariadb-server-core" in server.hint


def test_a_server_that_does_not_start_is_said(tmp_path: Path) -> None:
    wrong = replace(installed(), program=Path("/bin/false"))
    with pytest.raises(MariadbError, match="does not start: it gave no reason"), launched(wrong):
        pass
    wrong = replace(wrong, program=tmp_path / "mariadbd")
    with pytest.raises(MariadbError, match=r"no other user may enter|no folder"), launched(wrong):
        pass

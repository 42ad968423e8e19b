"""A server of our own: it comes up, keeps others out, and leaves nothing behind."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import textwrap
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.postgres import INSTALLED, WHEEL, installation, shared_cache

from launchready.gateways.postgres import launch
from launchready.gateways.postgres.binaries import Installation, find_installations
from launchready.gateways.postgres.client import PostgresError, QueryError, Session
from launchready.gateways.postgres.launch import launched
from launchready.gateways.postgres.log import ServerLog, parse_log
from launchready.gateways.postgres.server import PostgresServer
from launchready.gateways.postgres.throwaway import throwaway_postgres
from launchready.gateways.servers import folders, owner
from launchready.gateways.servers.owner import Owner, unprivileged
from launchready.model import Unchecked

both = pytest.mark.parametrize("postgres", [INSTALLED, WHEEL], indirect=True)
modern = pytest.mark.parametrize("postgres", [WHEEL], indirect=True)
is_root = hasattr(os, "geteuid") and os.geteuid() == 0


@pytest.fixture
def place(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of the test's own in which runs are made; others may pass through it.

    It is not below `tmp_path`: pytest closes that to others again whenever one more pytest starts.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        folder.chmod(0o711)
        monkeypatch.setattr(folders, "_MEMORY", folder / "none")
        monkeypatch.setattr(tempfile, "tempdir", str(folder))
        yield folder


@pytest.fixture
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where data directories are kept between the tests of a session."""
    return shared_cache(tmp_path_factory)


@both
def test_it_is_set_up_to_be_quick_and_ordinary(postgres: PostgresServer, database: str) -> None:
    with postgres.connect(database) as session:
        shown = {
            name: session.value(f"SHOW {name}")
            for name in ("TimeZone", "fsync", "autovacuum", "server_encoding", "lc_collate")
            if not (name == "lc_collate" and postgres.major >= 16)
        }
        number = session.value("SHOW server_version_num") or ""
        assert session.value("SELECT rolsuper FROM pg_roles WHERE rolname = current_user") == "t"
        assert session.value("SELECT upper('é')") == "É"
    shown.pop("lc_collate", None)
    assert shown == {
        "TimeZone": "UTC",
        "fsync": "off",
        "autovacuum": "off",
        "server_encoding": "UTF8",
    }
    assert int(number) // 10_000 == postgres.major
    assert not postgres.is_borrowed


@both
def test_tools_come_in_by_tcp_with_the_password_alone(
    postgres: PostgresServer, database: str
) -> None:
    there = postgres.outside
    with Session(there, database) as session:
        assert session.value("SELECT inet_server_addr()") == "127.0.0.1"
    for password in ("", "wrong"):
        with pytest.raises(QueryError) as caught:
            Session(type(there)(**{**vars(there), "password": password}), database)
        assert caught.value.sqlstate in {"28P01", "08006"}
    assert postgres.environ(database)["DATABASE_URL"] == postgres.url(database)
    assert postgres.url(database).endswith(f"@127.0.0.1:{there.port}/{database}")


@both
def test_only_databases_of_ours_are_dropped(postgres: PostgresServer, database: str) -> None:
    with postgres.connect(database) as session:
        session.run("CREATE TABLE kept AS SELECT 1 AS a")
    copy = postgres.create_database(template=database)
    with postgres.connect(copy) as session:
        assert session.value("SELECT a FROM kept") == "1"
        postgres.drop_database(copy)  # with its session
    with pytest.raises(QueryError) as caught:
        postgres.connect(copy)
    assert caught.value.sqlstate == "3D000"
    for foreign in ("postgres", "template1", copy):
        with pytest.raises(ValueError, match="not ours to drop"):
            postgres.drop_database(foreign)
    with pytest.raises(QueryError) as caught:
        postgres.create_database("postgres")
    assert caught.value.sqlstate == "42P04"


@both
def test_a_role_that_may_not_create_databases_is_told_so(
    postgres: PostgresServer, database: str
) -> None:
    with postgres.connect(database) as session:
        session.run("CREATE ROLE poor LOGIN")
    try:
        poor = type(postgres.address)(**{**vars(postgres.address), "user": "poor"})
        with pytest.raises(PostgresError, match="'poor' may not create a database") as caught:
            PostgresServer(**{**vars(postgres), "address": poor}).create_database()
        assert caught.value.unchecked.hint == 'ALTER ROLE "poor" CREATEDB'
    finally:
        with postgres.connect(database) as session:
            session.run("DROP ROLE poor")


@both
def test_the_log_is_there_when_the_answer_is(postgres: PostgresServer, database: str) -> None:
    assert postgres.log is not None
    postgres.log.read_new()
    with postgres.connect(database) as session:
        pid = int(session.value("SELECT pg_backend_pid()") or 0)
        session.run(
            "DO $$ BEGIN RAISE LOG E'one\\n~1.0|2|3|00000|x|~ LOG:  forged' USING DETAIL = 'd';"
            " END $$"
        )
        with pytest.raises(QueryError):
            session.run("SELECT\n  nothing")
        first, second = postgres.log.read_new()
    assert (first.process, first.severity, first.sqlstate) == (pid, "LOG", "00000")
    assert first.message == "one\n~1.0|2|3|00000|x|~ LOG:  forged"
    assert first.part("DETAIL") == "d"
    assert first.part("CONTEXT").startswith("PL/pgSQL function inline_code_block line 1")
    assert first.database == database
    assert (second.sqlstate, second.part("STATEMENT")) == ("42703", "SELECT\n  nothing")
    assert 0 < first.seconds <= second.seconds
    assert second.part("HINT") == ""
    assert postgres.log.read_new() == []


def test_a_piece_of_a_log_begins_anywhere() -> None:
    assert parse_log(b"") == []
    assert parse_log(b"~1.5|7|0|00000||~ DETAIL:  of what is not here\nsomething else\n") == []


@modern
def test_stand_ins_for_extensions_that_the_server_lacks(
    postgres: PostgresServer, database: str
) -> None:
    from launchready.catalog.migrations.extensions import STUBS

    with postgres.connect(database) as session:
        for name in STUBS:
            session.run(f'CREATE EXTENSION IF NOT EXISTS "{name}"')
        session.run("CREATE EXTENSION vector; CREATE EXTENSION citext")
        session.run(
            "CREATE TABLE place (id uuid DEFAULT uuid_generate_v4(), at geometry(Point, 4326),"
            " token bytea DEFAULT gen_random_bytes(16), spot geography, e vector(3));"
            "INSERT INTO place (at) VALUES (st_setsrid(st_makepoint(1, 2), 4326))"
        )
        row = session.run("SELECT st_astext(at), length(token), id IS NOT NULL FROM place")
    assert row == [("POINT(1 2)", "16", "t")]


@both
def test_what_supabase_has_before_the_first_migration(
    postgres: PostgresServer, database: str
) -> None:
    from launchready.catalog.migrations import supabase

    with postgres.connect(database) as session:
        session.run(supabase.PRELUDE)
        for name in supabase.EXTENSIONS:
            session.run(f'CREATE EXTENSION "{name}" SCHEMA extensions')
        session.run(f"SET search_path = {supabase.SEARCH_PATH}")
        session.run(
            "CREATE TABLE notes (id uuid PRIMARY KEY DEFAULT uuid_generate_v4(),"
            " owner uuid NOT NULL REFERENCES auth.users ON DELETE CASCADE);"
            "ALTER TABLE notes ENABLE ROW LEVEL SECURITY;"
            "CREATE POLICY own ON notes FOR ALL TO authenticated USING (auth.uid() = owner);"
            "ALTER PUBLICATION supabase_realtime ADD TABLE notes;"
            "INSERT INTO auth.users (id) VALUES (gen_random_uuid());"
            "INSERT INTO notes (owner) SELECT id FROM auth.users"
        )
        assert session.value("SELECT count(*) FROM notes") == "1"
        session.run("SET ROLE authenticated")
        assert session.value("SELECT count(*) FROM notes") == "0"


@pytest.mark.parametrize("which", [INSTALLED, WHEEL])
def test_nothing_is_left(which: str, place: Path, cache: Path) -> None:
    with launched(installation(which), cache=cache) as server:
        port = server.outside.port
        assert [each.suffix for each in sorted(place.iterdir())] == ["", ".lock"]
        mode = next(each for each in place.iterdir() if each.is_dir()).stat().st_mode
        assert mode & 0o077 == 0
    assert list(place.iterdir()) == []
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0


def test_nothing_is_left_after_an_error(place: Path, cache: Path) -> None:
    with pytest.raises(ZeroDivisionError), launched(installation(WHEEL), cache=cache):
        raise ZeroDivisionError
    assert list(place.iterdir()) == []


_RUN = """
    import sys, time, pathlib, tempfile
    from launchready.gateways.servers import folders
    from launchready.gateways.postgres.throwaway import throwaway_postgres
    folders._MEMORY = pathlib.Path("/nowhere")
    tempfile.tempdir = sys.argv[1]
    with throwaway_postgres(major=18, cache=pathlib.Path(sys.argv[2])) as server:
        print(server.outside.port, flush=True)
        time.sleep(60)
"""


@contextlib.contextmanager
def elsewhere(place: Path, cache: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """A process that holds a server, and the port of that."""
    installation(WHEEL)
    words = [sys.executable, "-c", textwrap.dedent(_RUN), str(place), str(cache)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process, int(process.stdout.readline())
        finally:
            process.kill()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_nothing_is_left_after_a_signal(number: signal.Signals, place: Path, cache: Path) -> None:
    with elsewhere(place, cache) as (process, port):
        process.send_signal(number)
        assert process.wait(30) != 0
    assert list(place.iterdir()) == []
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0


def test_what_a_killed_run_left_goes_with_the_next(place: Path, cache: Path) -> None:
    with elsewhere(place, cache) as (living, living_port):
        with elsewhere(place, cache) as (killed, port):
            killed.kill()
            killed.wait()
        assert len(list(place.iterdir())) == 4
        folders.sweep(place)
        assert len(list(place.iterdir())) == 2
        await_closed(port)
        with socket.socket() as probe:
            assert probe.connect_ex(("127.0.0.1", living_port)) == 0
        living.send_signal(signal.SIGTERM)
        living.wait(30)
    assert list(place.iterdir()) == []


def await_closed(port: int) -> None:
    """Until nobody listens there."""
    for _ in range(2000):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                return
        time.sleep(0.01)
    pytest.fail("the server of the killed run still listens")


def test_a_sweep_leaves_what_is_not_ours(place: Path) -> None:
    (place / "launchready-pg-1").mkdir()  # no lock stands beside it
    (place / "launchready-pg-2").mkdir()
    (place / "launchready-pg-2.lock").symlink_to(place / "target")
    (place / "target").touch()
    if is_root:
        (place / "launchready-pg-3.lock").touch()
        os.chown(place / "launchready-pg-3.lock", 12345, 12345)
        (place / "launchready-pg-3").mkdir()
    before = sorted(place.iterdir())
    folders.sweep(place)
    assert sorted(place.iterdir()) == before


def test_a_dead_folder_with_no_server_goes(place: Path) -> None:
    for number, content in enumerate(("", "no number\n", "1\n")):
        (place / f"launchready-pg-{number}" / "data").mkdir(parents=True)
        (place / f"launchready-pg-{number}.lock").touch()
        (place / f"launchready-pg-{number}" / "data" / "postmaster.pid").write_text(content)
    folders.sweep(place)
    assert list(place.iterdir()) == []


def test_the_data_directory_is_made_once(place: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    found = installation(WHEEL)
    with launched(found, cache=cache):
        pass
    (kept,) = cache.iterdir()
    (kept / "mark").touch()
    with launched(found, cache=cache):
        (copied,) = place.glob("*/data/mark")
        assert copied.owner() != "root"
    kept.chmod(0o777)  # now others could have written in it
    with launched(found, cache=cache):
        assert not list(place.glob("*/data/mark"))


def test_without_a_cache_it_starts_too(place: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with launched(installation(WHEEL), cache=tmp_path / "file" / "cache") as server:
        assert server.create_database("one") == "one"
    with launched(installation(WHEEL), cache=None) as server:
        assert server.create_database("one") == "one"


def test_without_sockets_a_password_is_set_before(place: Path, cache: Path) -> None:
    with launched(installation(WHEEL), cache=cache, has_sockets=False) as server:
        assert server.address.socket == ""
        name = server.create_database()
        with server.connect(name) as session:
            assert session.value("SELECT inet_server_addr()") == "127.0.0.1"


def test_a_deep_folder_has_no_room_for_a_socket(
    place: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deep = place / ("d" * 80)
    deep.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(deep))
    with launched(installation(WHEEL), cache=cache) as server:
        assert server.address.socket == ""


def test_further_settings(place: Path, cache: Path) -> None:
    settings = {"work_mem": "3MB", "log_statement": "all"}
    with launched(installation(WHEEL), cache=cache, settings=settings) as server:
        assert server.log is not None
        with server.connect("postgres") as session:
            assert session.value("SHOW work_mem") == "3MB"
        logged = [entry.message for entry in server.log.read_new()]
        assert "statement: SHOW work_mem" in logged
        assert not any(server.outside.password in message for message in logged)


@pytest.mark.parametrize("has_sockets", [True, False])
def test_a_server_that_does_not_start_says_why(has_sockets: bool, place: Path, cache: Path) -> None:
    with (
        pytest.raises(PostgresError, match=r"does not start: .*shared_buffers"),
        launched(
            installation(WHEEL),
            cache=cache,
            settings={"shared_buffers": "many"},
            has_sockets=has_sockets,
        ),
    ):
        pytest.fail("it started")
    assert list(place.iterdir()) == []


def test_a_port_that_was_taken_meanwhile(
    place: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        ports = [other.getsockname()[1], launch._free_port()]
        monkeypatch.setattr(launch, "_free_port", lambda: ports.pop(0))
        with launched(installation(WHEEL), cache=cache) as server:
            assert server.outside.port != other.getsockname()[1]
        monkeypatch.setattr(launch, "_free_port", lambda: other.getsockname()[1])
        with (
            pytest.raises(PostgresError, match="does not start"),
            launched(installation(WHEEL), cache=cache),
        ):
            pytest.fail("it started")


def programs(folder: Path, initdb: str) -> Installation:
    """Binaries whose `initdb` is a script."""
    folder.mkdir()
    (folder / "initdb").write_text(f"#!/bin/sh\n{initdb}\n")
    (folder / "postgres").write_text("#!/bin/sh\necho 'postgres (PostgreSQL) 16.1'\n")
    for name in ("initdb", "postgres"):
        (folder / name).chmod(0o755)
    return Installation(folder=folder, major=16, version="postgres (PostgreSQL) 16.1")


def test_an_initdb_that_fails_says_why(place: Path) -> None:
    with (
        pytest.raises(PostgresError, match=r"initdb of postgres \(PostgreSQL\) 16.1 failed: no"),
        launched(programs(place / "bin", "echo no room >&2; exit 1")),
    ):
        pytest.fail("it started")
    (place / "gone").mkdir()
    gone = Installation(folder=place / "gone", major=16, version="16")
    with pytest.raises(PostgresError, match="initdb of 16 failed: "), launched(gone):
        pytest.fail("it started")


def test_a_temporary_folder_that_is_not_there(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(place / "gone"))
    with (
        pytest.raises(PostgresError, match="no folder for a PostgreSQL of our own"),
        launched(installation(WHEEL)),
    ):
        pytest.fail("it started")


if is_root:  # only root drops to another user

    def test_binaries_below_a_closed_folder_are_copied(tmp_path: Path, place: Path) -> None:
        found = installation(WHEEL)
        closed = tmp_path / "closed"
        closed.mkdir(mode=0o700)
        package = found.folder.parents[1]
        for each in package.parent.glob(f"{package.name}*"):
            if not each.name.endswith("-info"):
                shutil.copytree(each, closed / each.name, symlinks=True)
        moved = closed / package.name / "pginstall" / "bin"
        there = Installation(**{**vars(found), "folder": moved})
        other = Installation(**{**vars(there), "is_wheel": False})
        with pytest.raises(PostgresError, match="no other user may enter"), launched(other):
            pytest.fail("it started")
        with launched(there) as server:
            name = server.create_database()
            with server.connect(name) as session:
                assert session.value("SELECT 1") == "1"
                session.run("CREATE EXTENSION vector")


if is_root:  # only root drops to another user

    def test_root_without_another_user(monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(owner, "_CANDIDATES", ("no_such_user_here", "root"))
        with throwaway_postgres() as server:
            assert isinstance(server, Unchecked)
            assert "does not run as root" in server.reason


def test_who_has_rights_of_his_own_needs_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000, raising=False)
    mine = unprivileged()
    assert mine == Owner()
    assert mine.as_subprocess == {}
    assert mine.can_reach(tmp_path)
    mine.give_all(tmp_path)
    assert not Owner(uid=1, gid=1).can_reach(tmp_path / "gone")


def test_the_wanted_version_comes_first(server_of: Callable[[str], PostgresServer]) -> None:
    installed, wheel = installation(INSTALLED), installation(WHEEL)
    assert find_installations(wheel.major)[0] == wheel
    assert find_installations(installed.major)[0] == installed
    assert find_installations()[0].is_wheel is False
    assert find_installations()[-1] == wheel
    assert len({one.folder for one in find_installations()}) == len(find_installations())


def test_programs_on_the_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = programs(tmp_path / "bin", "exit 1")
    (tmp_path / "bin" / "pg_config").write_text(f"#!/bin/sh\necho {tmp_path}/other\n")
    (tmp_path / "bin" / "pg_config").chmod(0o755)
    old = programs(tmp_path / "other", "exit 1")
    (old.folder / "postgres").write_text("#!/bin/sh\necho 'postgres (PostgreSQL) 9.6.1'\n")
    silent = programs(tmp_path / "silent", "exit 1")
    (silent.folder / "postgres").write_text("#!/bin/sh\nexit 3\n")
    monkeypatch.setenv("PATH", f"{tmp_path}/bin:.::{silent.folder}:/usr/bin:/bin")
    monkeypatch.chdir(tmp_path / "other")
    seen = {one.folder for one in find_installations()}
    assert found.folder in seen
    assert not {old.folder, silent.folder} & seen


def test_no_server_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    from launchready.gateways.postgres import throwaway

    monkeypatch.setattr(throwaway, "find_installations", lambda major: ())
    with throwaway_postgres() as server:
        assert isinstance(server, Unchecked)
        assert server.reason == "no PostgreSQL server of version 13 or newer is installed"
        assert "apt-get install postgresql" in server.hint


def test_a_program_of_another_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    foreign = programs(tmp_path / "bin", "exit 1")
    (foreign.folder / "postgres").write_bytes(b"\x7fNOT\0")
    monkeypatch.setenv("PATH", f"{foreign.folder}:/usr/bin:/bin")
    assert foreign.folder not in {one.folder for one in find_installations()}


def test_a_cache_that_others_can_write_in_is_not_used(place: Path, tmp_path: Path) -> None:
    (tmp_path / "open").mkdir()
    (tmp_path / "open").chmod(0o777)
    with launched(installation(WHEEL), cache=tmp_path / "open"):
        assert list((tmp_path / "open").iterdir()) == []


def test_only_the_newest_data_directories_are_kept(place: Path, tmp_path: Path) -> None:
    for number in range(5):
        (tmp_path / "cache" / f"postgres-9-{number}").mkdir(parents=True, mode=0o700)
        os.utime(tmp_path / "cache" / f"postgres-9-{number}", (number, number))
    with launched(installation(WHEEL), cache=tmp_path / "cache"):
        left = {each.name for each in (tmp_path / "cache").iterdir()}
    assert {"postgres-9-2", "postgres-9-3", "postgres-9-4"} < left
    assert not {"postgres-9-0", "postgres-9-1"} & left


def test_a_server_that_does_not_stop_is_killed(
    place: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(launch, "_STOP_SECONDS", 0.1)
    with launched(installation(WHEEL), cache=cache) as server:
        (data,) = place.glob("*/data")
        pid = int((data / "postmaster.pid").read_text().splitlines()[0])
        os.kill(pid, signal.SIGSTOP)
        port = server.outside.port
    await_closed(port)
    assert list(place.iterdir()) == []


def test_the_log_of_a_silent_server(tmp_path: Path) -> None:
    (tmp_path / "log").write_text("\n")
    assert ServerLog(tmp_path / "log").complaint() == ""
    assert ServerLog(tmp_path / "log").read_new() == []

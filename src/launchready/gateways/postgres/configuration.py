"""How our server is set up: quick, quiet, alone, and in all that a migration can see ordinary.

Source of the settings: https://www.postgresql.org/docs/current/runtime-config.html
"""

from collections.abc import Mapping
from pathlib import Path

SUPERUSER = "postgres"
"""The role that a run works as; hosted databases and migrations know it by this name."""

# A field never holds a line end, and the server puts a tab before every further line of a message:
# no statement can forge an entry. See `log`.
LOG_PREFIX = "~%n|%p|%x|%e|%d|~ "

_ALWAYS: Mapping[str, str] = {
    "listen_addresses": "127.0.0.1",
    "max_connections": "60",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "logical",  # so that a migration can make a slot or a publication
    "max_wal_size": "4GB",
    "checkpoint_timeout": "1h",
    "autovacuum": "off",  # it would take locks and move figures of its own
    "bgwriter_delay": "10s",
    "max_parallel_workers_per_gather": "0",  # rows that workers read are counted elsewhere
    "max_parallel_maintenance_workers": "0",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "lc_messages": "C",
    "logging_collector": "off",  # it would be a process whose log comes late
    "log_destination": "stderr",
    "log_line_prefix": LOG_PREFIX,
    "log_min_messages": "warning",
    "log_checkpoints": "off",
    "log_parameter_max_length_on_error": "0",
}


def settings_of(
    port: int, sockets: Path | None, stubs: Path | None, further: Mapping[str, str]
) -> str:
    """The text of `postgresql.conf`. `stubs` is a folder that holds `extension/`, searched after
    the server's own, which servers since 18 can do.
    """
    own = {
        "port": str(port),
        "unix_socket_directories": str(sockets or ""),
        "unix_socket_permissions": "0700",
    }
    if stubs is not None:
        own["extension_control_path"] = f"$system:{stubs}"
    lines = ({**_ALWAYS, **own, **further}).items()
    return "".join(f"{name} = {quoted(value)}\n" for name, value in lines)


def access_of(sockets: Path | None) -> str:
    """The text of `pg_hba.conf`: the folder of the socket keeps others out, a password does on TCP.

    Source: https://www.postgresql.org/docs/current/auth-pg-hba-conf.html
    """
    local = "local all all trust\n" if sockets else ""
    return f"{local}host all all 127.0.0.1/32 scram-sha-256\n"


def quoted(text: str) -> str:
    """A string as `postgresql.conf` and SQL write it; a backslash is doubled for the former."""
    return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'"

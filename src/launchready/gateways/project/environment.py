"""What a command of the project may see of this process's environment.

A list of what is let through, not of what is kept back: nobody can name every variable that holds
the address of a database, but those that a program needs to start are few.
"""

import os
import re
from collections.abc import Iterator, Mapping, Sequence

_KEPT = frozenset({
    "PATH", "HOME", "USER", "LOGNAME", "SHELL", "LANG", "LANGUAGE", "TZ", "TMPDIR", "TEMP", "TMP",
    "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SSL_CERT_FILE", "SSL_CERT_DIR", "VIRTUAL_ENV",
    "PYTHONPATH", "PYTHONHOME", "PYTHONDONTWRITEBYTECODE", "PYTHONPYCACHEPREFIX",
    "NODE_PATH", "NODE_ENV", "NVM_DIR", "GEM_HOME", "GEM_PATH", "BUNDLE_PATH", "BUNDLE_GEMFILE",
    "GOPATH", "GOROOT", "GOCACHE", "GOMODCACHE", "JAVA_HOME", "ASDF_DIR", "ASDF_DATA_DIR",
    "DJANGO_SETTINGS_MODULE", "FLASK_APP", "RAILS_ENV",
    "SYSTEMROOT", "COMSPEC", "PATHEXT", "WINDIR", "USERPROFILE", "APPDATA", "LOCALAPPDATA",
})  # fmt: skip
_NO_FILES = {"PGPASSFILE": os.devnull, "PGSERVICEFILE": os.devnull}
"""Files at home that libpq would read passwords and servers from."""

_ADDRESS = re.compile(r"\b(?:postgres(?:ql)?|mysql|mariadb)(?:\+\w+)?://", re.IGNORECASE)
_PLACE = re.compile(
    r"^PG(?:HOST|HOSTADDR|PORT|DATABASE|SERVICE)$"
    r"|(?:DATABASE|DB|POSTGRES|POSTGRESQL|PG|SQL)_?\w*(?:URL|URI|DSN|HOST|ADDR|ADDRESS)$",
    re.IGNORECASE,
)


def scrubbed(
    environ: Mapping[str, str], database: Mapping[str, str], given: Mapping[str, str]
) -> dict[str, str]:
    """The environment of a command: what a program needs of `environ`, the user's own `given`
    variables, and last, whatever those say, the addresses of the throw-away `database`.
    """
    kept = {n: text for n, text in environ.items() if n.upper() in _KEPT or n.startswith("LC_")}
    return {**kept, **_NO_FILES, **given, **database}


def points_elsewhere(words: Sequence[str], given: Mapping[str, str]) -> Iterator[str]:
    """What in a command or in the variables for it names a database of its own, in words.

    Both are as the user wrote them, with `{url}` and its like not yet replaced.
    """
    for word in words:
        if _ADDRESS.search(word):
            yield "the command holds the address of a database"
    for name, text in given.items():
        is_ours = any(f"{{{part}}}" in text for part in ("url", "host", "port", "database"))
        if _ADDRESS.search(text) or (_PLACE.search(name) and not is_ours):
            yield f"the variable {name} names a database of its own"

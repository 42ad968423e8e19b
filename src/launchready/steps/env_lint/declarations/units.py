"""uWSGI's `env =` lines, and `Environment=` of systemd's units.

Sources: https://uwsgi-docs.readthedocs.io/en/latest/Options.html#env;
https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#Environment=.
"""

import functools
import re
from collections.abc import Iterator

from launchready.config.nodes import Scalar
from launchready.facts.environment import SourceFile
from launchready.steps.env_lint.declarations.format import Format, format_of
from launchready.steps.env_lint.naming import Naming


@functools.cache
def _uwsgi() -> re.Pattern[str]:
    return re.compile(r"\s*env\s*=\s*([A-Za-z_]\w*+)\s*=\s*(.*)")


@functools.cache
def _unit() -> re.Pattern[str]:
    return re.compile(
        r"\"(?P<a>[A-Za-z_]\w*+)=(?P<in_double>(?:[^\"\\]|\\.)*+)\""
        r"|'(?P<b>[A-Za-z_]\w*+)=(?P<in_single>[^']*+)'"
        r"|(?<![\w\"'=])(?P<c>[A-Za-z_]\w*+)=(?P<bare>(?:\"[^\"]*+\"|'[^']*+'|[^\s\"'])*+)"
    )


def read(file: SourceFile, naming: Naming) -> Iterator[object]:
    """What the lines declare."""
    environment = naming.of_path(file.path)
    is_unit = file.path.endswith(".service")
    form = format_of(file, "systemd" if is_unit else "uwsgi", environment=environment)
    for number, line in enumerate(form.lines, 1):
        if not is_unit:
            match = _uwsgi().fullmatch(line)
            if match:
                key = Scalar(value=match[1], line=number, column=match.start(1) + 1)
                yield from form.declared(key, match[2].strip())
        elif line.startswith("Environment="):
            yield from _assigned(form, number, line)


def _assigned(form: Format, number: int, line: str) -> Iterator[object]:
    for match in _unit().finditer(line, len("Environment=")):
        group = "a" if match["a"] else "b" if match["b"] else "c"
        key = Scalar(value=match[group], line=number, column=match.start(group) + 1)
        value = next(
            each
            for each in (match["in_double"], match["in_single"], match["bare"])
            if each is not None
        )
        yield from form.declared(key, value.strip("\"'"))

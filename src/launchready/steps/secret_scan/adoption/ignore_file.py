"""gitleaks' `.gitleaksignore`, and betterleaks' `.betterleaksignore`, which is the same.

Source: gitleaks, detect/detect.go, AddGitleaksIgnore.
"""

import re

from launchready.steps.secret_scan.adoption.accepted import AcceptedPlace, Misread

_COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_LINE = re.compile(r"[0-9]{1,9}")


def parse_ignore_file(text: str, file: str) -> tuple[tuple[AcceptedPlace, ...], list[Misread]]:
    """The fingerprints of the file; blank lines and those that begin with `#` are none."""
    places: list[AcceptedPlace] = []
    odd: list[Misread] = []
    for number, line in enumerate(text.split("\n"), start=1):
        entry = line.strip()
        if not entry or entry.startswith("#"):
            continue
        place = _place(entry, file, number)
        if place is None:
            reason = "it is neither file:rule:line nor commit:file:rule:line"
            odd.append(Misread(file=file, line=number, reason=reason))
        else:
            places.append(place)
    return tuple(places), odd


def _place(entry: str, file: str, number: int) -> AcceptedPlace | None:
    """The path is what is left between the commit, if one is there, and the last two parts."""
    rest, _, line = entry.rpartition(":")
    rest, _, rule = rest.rpartition(":")
    commit, colon, path = rest.partition(":")
    if not (colon and _COMMIT.fullmatch(commit)):
        commit, path = "", rest
    if not path or not rule or not _LINE.fullmatch(line):
        return None
    return AcceptedPlace(
        commit=commit,
        path=path.replace("\\", "/").removeprefix("./"),
        rule=rule,
        line=int(line),
        file=file,
        file_line=number,
    )

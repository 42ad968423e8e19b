"""Command lines, followed into the scripts of the repository that they call."""

from collections.abc import Iterator

from launchready.documents import child, entries, plain
from launchready.documents.yaml import documents_of
from launchready.facts.migrations import Framework
from launchready.frozen import frozen, replace
from launchready.model import FileLocation
from launchready.regex import Regex
from launchready.steps.migration_check.files import Files, folder_of
from launchready.steps.migration_check.startup.tools import is_for_development, migrates

_MOST_DEPTH = 5
PIECES = Regex(r"&&|;|\|\|")
"""What stands between the commands of a line."""
_RUN = Regex(
    r"\b(?:npm|yarn|pnpm|bun)\s+(?:(?:run|workspace|--silent|-s|--prefix[ =]\S+|-C\s+\S+"
    r"|(?:--filter|-F|--workspace|-w)[ =](?P<package>[@\w./-]+))\s+)*(?P<name>[\w:.-]+)"
)
_FILE = Regex(
    r"(?P<path>[\w./${}-]*?(?P<last>[\w.-]+\.(?:sh|bash)|(?:docker-)?entrypoint[\w.-]*|prestart[\w.-]*))(?=[\s\"'&|;)\]]|$)"
)
_IF = Regex(
    r"^\s*(?:el)?if\b(?P<test>.*)|^\s*(?P<short>\[\[?\s.*?\]\]?)\s*&&|^\s*case\b(?P<case>.*)"
)
_FI = Regex(r"^\s*(?:fi|esac)\b")
_VARIABLE = Regex(r"\$\{?(?P<name>[A-Z_][A-Z0-9_]*)")
_OPT_OUT = Regex(r"SKIP|DISABLE|(?:^|_)NO_|NOT?_MIGRAT|WITHOUT")
_OTHER_TEST = Regex(
    r"DATABASE_URL|_URL\b|_HOST\b|_PORT\b|NODE_ENV|APP_ENV|RAILS_ENV|ENVIRONMENT|^ENV$"
)
_LOCK = Regex(r"(?i)pg_(?:try_)?advisory_(?:xact_)?lock|GET_LOCK\s*\(")


@frozen
class Hit:
    """A command that migrates, reached from a line. `chain` are the places of the calls."""

    tool: Framework | None
    text: str
    location: FileLocation
    chain: tuple[FileLocation, ...] = ()
    opt_in: str = ""
    is_locked: bool = False
    is_alone: bool = False


class Follower:
    """Follows command lines into shell scripts and into the scripts of package.json."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self._scripts: dict[str, dict[str, tuple[str, int]]] = {}

    def hits(self, line: str, place: FileLocation, depth: int = 0) -> Iterator[Hit]:
        """The commands that migrate in a line, and in what it calls."""
        if depth > _MOST_DEPTH or is_for_development(line) or len(line) > 5000:
            return
        found = migrates(line)
        if found is not None and found[0] is not None:
            yield Hit(tool=found[0], text=found[1], location=place, is_alone=_is_alone(line))
            return
        inner = [*self._packaged(line, place, depth), *self._called(line, place, depth)]
        if inner:
            yield from inner
        elif found is not None:
            yield Hit(tool=None, text=found[1], location=place, is_alone=_is_alone(line))

    def _packaged(self, line: str, place: FileLocation, depth: int) -> Iterator[Hit]:
        """Through `npm run NAME`."""
        for match in _RUN.finditer(line):
            name = "start" if match["name"] == "start" else match["name"]
            folder = self._folder_named(match["package"] or "") or folder_of(place.path)
            path, text, number = self._script(name, folder)
            if text and text != line:
                at = FileLocation(path=path, line=number)
                for hit in self.hits(text, at, depth + 1):
                    is_alone = hit.is_alone and _is_alone(line)
                    yield replace(hit, chain=(place, *hit.chain), is_alone=is_alone)

    def _script(self, name: str, folder: str) -> tuple[str, str, int]:
        """A script of the nearest package.json at or above a folder."""
        while True:
            path = f"{folder}/package.json".lstrip("/")
            if name in (scripts := self.scripts_of(path)):
                text, line = scripts[name]
                return path, text, line
            if not folder:
                return "", "", 0
            folder = folder_of(folder)

    def _folder_named(self, package: str) -> str:
        """The folder of the workspace's package of that name; empty if there is none."""
        if not package:
            return ""
        sign = f'"name": "{package}"'
        manifests = self._files.named("package.json")
        return next(
            (folder_of(path) for path in manifests if sign in (self._files.text(path) or "")), ""
        )

    def scripts_of(self, path: str) -> dict[str, tuple[str, int]]:
        """The scripts of a package.json, each with its line."""
        if path not in self._scripts:
            text = self._files.text(path) if path in self._files else None
            documents = documents_of(text) if text else None
            self._scripts[path] = {
                str(key.value): (plain(value), value.line)
                for document in (documents or ())[:1]
                for key, value in entries(child(document, "scripts"))
            }
        return self._scripts[path]

    def _called(self, line: str, place: FileLocation, depth: int) -> Iterator[Hit]:
        """Through a shell script of the repository."""
        for match in _FILE.finditer(line):
            path = self.file_named(match["path"], place.path)
            if not path or path == place.path:
                continue
            is_alone = _is_alone(line)
            for hit in self.in_script(path, depth + 1):
                yield replace(hit, chain=(place, *hit.chain), is_alone=hit.is_alone and is_alone)

    def file_named(self, written: str, near: str) -> str:
        """The file that a path inside an image stands for: the one that shares most of its end,
        and of those the nearest.
        """
        parts = [part for part in written.split("/") if part not in ("", ".", "..")]
        if not parts:
            return ""
        candidates = [
            name
            for name in self._files.named(parts[-1])
            if name.count("/") < 8 and not name.startswith("node_modules/")
        ]

        def fit(name: str) -> tuple[int, int, int]:
            theirs = name.split("/")
            same = 0
            for one, other in zip(reversed(parts), reversed(theirs), strict=False):
                if one != other:
                    break
                same += 1
            folder = folder_of(near)
            is_near = name.startswith(f"{folder}/") if folder else True
            return -same, not is_near, name.count("/")

        return min(candidates, key=fit, default="")

    def in_script(self, path: str, depth: int = 0) -> Iterator[Hit]:
        """The commands that migrate in a shell script."""
        text = self._files.text(path) or ""
        is_locked = bool(_LOCK.search(text))
        tests: list[str] = []
        lines = _joined(text)
        serves = any(
            word in line
            for _, line in lines
            for word in ("exec ", "gunicorn", "uvicorn", "start", "server")
        )
        for number, line in lines:
            opened = _IF.match(line)
            short = opened["short"] if opened and opened["short"] else ""
            opt_in = next((name for test in (*tests, short) if (name := _opt_in(test))), "")
            if opened and not short and not line.lstrip().startswith("elif"):
                is_test = opened["case"] or "[" in opened["test"] or " test " in opened["test"]
                tests.append((opened["test"] or opened["case"] or "") if is_test else "")
            for hit in self.hits(line, FileLocation(path=path, line=number), depth):
                yield replace(
                    hit,
                    opt_in=hit.opt_in or opt_in,
                    is_locked=hit.is_locked or is_locked,
                    is_alone=not serves,
                )
            closes = _FI.match(line) or line.rstrip().endswith(("; fi", ";fi"))
            if closes and tests:
                tests.pop()


def _joined(text: str) -> list[tuple[int, str]]:
    """The lines of a script with their numbers; a backslash at the end continues one."""
    lines: list[tuple[int, str]] = []
    waiting, begins = "", 0
    for number, line in enumerate(text.split("\n")[:5000], 1):
        begins = begins if waiting else number
        if line.endswith("\\"):
            waiting += f"{line[:-1]} "
            continue
        lines.append((begins, waiting + line))
        waiting = ""
    return lines


def _opt_in(test: str) -> str:
    """The variable that a person sets so that what follows runs; empty if it runs anyway."""
    for match in _VARIABLE.finditer(test):
        name = match["name"]
        if _OPT_OUT.search(name) or _OTHER_TEST.search(name):
            continue
        return str(name)
    return ""


def _is_alone(line: str) -> bool:
    """Whether nothing follows in a line that would go on as a server."""
    rest = [piece for piece in PIECES.split(line) if piece.strip()]
    return len(rest) <= 1 or migrates(rest[-1]) is not None

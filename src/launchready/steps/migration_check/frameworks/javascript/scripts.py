"""The up and the down of a file that is followed."""

from launchready.facts.migrations import Migration, Script, Wrapping
from launchready.model import FileLocation
from launchready.steps.migration_check.frameworks.javascript.machine import Following
from launchready.steps.migration_check.frameworks.javascript.values import Function
from launchready.steps.migration_check.frameworks.syntax.code import Code


def script_of(
    following: Following,
    code: Code,
    side: str,
    args: tuple[object, ...],
    wrapping: Wrapping = Wrapping.FILE,
) -> Script | None:
    """What the file's `up` or `down` does; None where it has none."""
    function = following.exports.get(side)
    if function is None or function is False:
        return None
    if not isinstance(function, Function):
        problem = f"its `{side}` is made elsewhere, and cannot be followed"
        return Script(wrapping=wrapping, location=code.place(code.root), problem=problem)
    items = tuple(following.run(function, args))
    place = code.place(function.node if function.code is code else code.root)
    return Script(
        items=items,
        wrapping=wrapping,
        location=place,
        is_irreversible=bool(following.refusal),
        reason=following.refusal,
    )


def unread(path: str, code: Code | None, problem: str = "") -> Script:
    """The script of a file that cannot be read."""
    known = problem or (code.problem if code is not None else "") or "the file could not be read"
    return Script(location=FileLocation(path=path, line=1, column=1), problem=known)


def migration_of(
    path: str,
    code: Code | None,
    *,
    version: str,
    name: str,
    up: Script | None = None,
    down: Script | None = None,
) -> Migration:
    """The migration of one file; without an `up` it says why there is none."""
    if up is None:
        is_followed = code is not None and code.root is not None
        up = unread(path, code, "it has no `up`" if is_followed else "")
    return Migration(path=path, version=version, name=name, up=up, down=down, paths=(path,))

"""The fields that a project defines itself: a class of the repository on top of one of Django's.

What such a class has in `__init__` is in the migration, because Django writes down what the field
has become; what it takes out in `deconstruct`, or makes of its type, is not followed.
Source: https://docs.djangoproject.com/en/stable/howto/custom-model-fields/
"""

import ast
from collections.abc import Mapping

from launchready.steps.migration_check.files import Files, folder_of
from launchready.steps.migration_check.frameworks.django.kinds import kind_of
from launchready.steps.migration_check.frameworks.python.modules import Module, tree_of

_NOT_FOLLOWED = frozenset({
    "deconstruct", "db_type", "rel_db_type", "cast_db_type", "get_internal_type", "db_parameters",
    "db_type_suffix", "get_attname_column",
})  # fmt: skip
_UNKNOWN: tuple[str, Mapping[str, object]] = ("?", {})
_DEEPEST = 8


class OwnFields:
    """Says which field a class is, by the dotted path that migrations name it by."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self._modules: dict[str, Module | None] = {}
        self._known: dict[str, tuple[str, Mapping[str, object]]] = {}

    def kind_of(self, path: str) -> tuple[str, Mapping[str, object]]:
        """As `kinds.kind_of`, for classes of the repository too."""
        found = kind_of(path)
        if found[0] != "?" or "." not in path or path.startswith("."):
            return found
        if path not in self._known:
            self._known[path] = self._of_class(path, 0) or _UNKNOWN
        return self._known[path]

    def _of_class(self, path: str, depth: int) -> tuple[str, Mapping[str, object]] | None:
        """None of a class that is no field: one that only adds methods."""
        name, _, last = path.rpartition(".")
        module = self._module(name)
        if module is None or depth > _DEEPEST:
            return _UNKNOWN
        node = module.classes.get(last)
        if node is None:
            given = module.imports.get(last)
            return _UNKNOWN if given is None else self._base(_whole(given, module.path), depth)
        if any(_name_of(each) in _NOT_FOLLOWED for each in node.body) or node.keywords:
            return _UNKNOWN
        bases = [self._base(self._path_of(base, module, name), depth) for base in node.bases]
        kinds = [each for each in bases if each is not None]
        if not kinds or not node.bases:
            return None
        return kinds[0] if len(kinds) == 1 else _UNKNOWN

    def _base(self, path: str, depth: int) -> tuple[str, Mapping[str, object]] | None:
        found = kind_of(path)
        return found if found[0] != "?" else self._of_class(path, depth + 1)

    def _path_of(self, base: ast.expr, module: Module, name: str) -> str:
        # `models.URLField[_ST, _GT]`: what the brackets say is for type checkers
        path = module.path_of(base.value if isinstance(base, ast.Subscript) else base)
        return f"{name}.{path}" if path in module.classes else _whole(path, module.path)

    def _module(self, name: str) -> Module | None:
        """The one file that a dotted name can mean."""
        if name not in self._modules:
            self._modules[name] = self._read(name)
        return self._modules[name]

    def _read(self, name: str) -> Module | None:
        tail = name.replace(".", "/")
        ends = (f"{tail}.py", f"{tail}/__init__.py")
        found = [
            each for each in self._files.named(*(end.rpartition("/")[2] for end in ends))
            if any(each == end or each.endswith(f"/{end}") for end in ends)
        ]  # fmt: skip
        text = self._files.text(found[0]) if tail and len(found) == 1 else None
        tree = tree_of(text) if text else None
        return Module(found[0], tree) if isinstance(tree, ast.Module) else None


def _name_of(node: ast.stmt) -> str:
    """What a statement of a class defines, if it is one name."""
    match node:
        case ast.FunctionDef(name=name) | ast.Assign(targets=[ast.Name(id=name)]):
            return name
    return ""


def _whole(path: str, file: str) -> str:
    """A path without the dots that count from the file's own folder."""
    dots = len(path) - len(path.lstrip("."))
    folder = folder_of(file)
    for _ in range(dots - 1):
        folder = folder_of(folder)
    return f"{folder.replace('/', '.')}.{path[dots:]}".lstrip(".") if dots else path

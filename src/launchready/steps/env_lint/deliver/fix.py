"""The fixes that cannot break anything: names for the template, lines for the ignore files."""

from collections.abc import Iterator, Mapping

from launchready.facts.environment import EnvironmentFacts, Kind, Place
from launchready.steps.env_lint.index import index_of
from launchready.steps.env_lint.settings import EnvLintSettings
from launchready.steps.env_lint.supplied import supplier_of

IGNORED = (".env", ".env.*", "!.env.example", "!.env.template", "!.env.sample")
_DEFAULT_TEMPLATE = ".env.example"


def additions(facts: EnvironmentFacts, settings: EnvLintSettings) -> Mapping[str, tuple[str, ...]]:
    """The lines to add at the end of each template: `NAME=` for what code needs and no file names,
    `# NAME=` for what is optional.
    """
    index = index_of(facts)
    templates = sorted(
        {each.path for each in facts.declarations if each.kind is Kind.TEMPLATE}, key=len
    )
    found: dict[str, list[str]] = {}
    for name, reads in index.undeclared(settings):
        if reads[0].place is Place.CODE and name.isidentifier() and name.isascii():
            line = f"{name}=" if index.required_reads(name) else f"# {name}="
            found.setdefault(_template(templates, reads[0].path), []).append(line)
    for name, declarations in index.declared.items():
        required = index.required_reads(name)
        is_documented = any(each.kind.is_documentation for each in declarations)
        if not required or is_documented or not templates:
            continue
        if not supplier_of(name, settings):
            found.setdefault(_template(templates, required[0].path), []).append(f"{name}=")
    return {path: tuple(sorted(set(lines), key=_by_name)) for path, lines in found.items()}


def fixes(
    facts: EnvironmentFacts, added: Mapping[str, tuple[str, ...]], texts: Mapping[str, str]
) -> Mapping[str, str]:
    """The new text of every file that changes, by path; `texts` are those that are there, `added`
    the `additions` to templates.
    """
    changed = {path: _appended(texts.get(path, ""), lines) for path, lines in added.items()}
    ignores = tuple(missing_ignores(texts.get(".gitignore", "")))
    if ignores and any(each.kind is Kind.REAL for each in facts.declarations):
        changed[".gitignore"] = _appended(texts.get(".gitignore", ""), ignores)
    return changed


def _appended(text: str, lines: tuple[str, ...]) -> str:
    """A file's text with lines at its end."""
    end = "" if not text or text.endswith("\n") else _line_end(text)
    return f"{text}{end}{''.join(f'{line}{_line_end(text)}' for line in lines)}"


def missing_ignores(text: str) -> Iterator[str]:
    """The lines that a .gitignore lacks for env files to stay out of the repository."""
    present = {line.strip() for line in text.splitlines()}
    if not present & {".env*", ".env.*", "*.env*", ".env.*local", ".env*.local"}:
        yield from (line for line in IGNORED if line not in present)
    elif not present & {".env*", ".env", "*.env", "/.env", "*.env*"}:
        yield ".env"


def _template(templates: list[str], path: str) -> str:
    """The template of the folder nearest above a path, or of the top."""
    above = [
        each
        for each in templates
        if "/" not in each or path.startswith(each.rpartition("/")[0] + "/")
    ]
    return max(above, key=lambda each: len(each.rpartition("/")[0]), default=_DEFAULT_TEMPLATE)


def _by_name(line: str) -> str:
    return line.removeprefix("# ")


def _line_end(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"

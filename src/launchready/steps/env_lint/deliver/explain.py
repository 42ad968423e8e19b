"""One variable's story: every place that declares or reads it."""

from collections.abc import Iterator

from launchready.catalog.environment.sdk import sdk_reads
from launchready.facts.environment import Declaration, EnvironmentFacts, Read
from launchready.steps.env_lint.index import index_of
from launchready.steps.env_lint.near import nearest
from launchready.steps.env_lint.settings import EnvLintSettings
from launchready.steps.env_lint.supplied import supplier_of


def explain(facts: EnvironmentFacts, name: str, settings: EnvLintSettings) -> str:
    """The text that `--explain NAME` prints. It holds no value."""
    return "\n".join(_lines(facts, name, settings))


def _lines(facts: EnvironmentFacts, name: str, settings: EnvLintSettings) -> Iterator[str]:
    index = index_of(facts)
    declarations, reads = index.declared.get(name, ()), index.read.get(name, ())
    yield name if name.isprintable() else repr(name)
    supplier = supplier_of(name, settings)
    if supplier:
        yield f"  supplied by {supplier}"
    near_by: tuple[Declaration | Read, ...] = (*declarations, *reads)
    if package := sdk_reads(name, index.packages(near_by)):
        yield f"  read by the package {package} itself"
    yield f"  declared in {_counted(len(declarations), 'place')}"
    for each in declarations:
        yield f"    {_where(each)}  {_declared(each)}"
    yield f"  read in {_counted(len(reads), 'place')}"
    for read in reads:
        yield f"    {_where(read)}  {_read(read)}"
    near = "" if declarations or reads else nearest(name, (*index.declared, *index.read))
    if near:
        yield f"  did you mean {near}?"


def _where(each: Declaration | Read) -> str:
    where = each.location
    path = where.path if where.path.isprintable() else repr(where.path)
    return f"{path}:{where.line}:{where.column}" if where.column else f"{path}:{where.line}"


def _declared(each: Declaration) -> str:
    words = [each.kind.value]
    if each.environment:
        words.append(f"for {each.environment.name}")
    if each.holder:
        words.append(f"in {each.holder!r}")
    if each.value is not None:
        words.append("with a value" if each.value else "empty")
    elif each.origin:
        words.append(f"from {each.origin.store}")
    return ", ".join(words)


def _read(read: Read) -> str:
    words = [read.need.value]
    if read.wrapper:
        words.append(f"through {read.wrapper}()")
    if read.place.value != "code":
        words.append(f"in a {read.place.value}")
    if read.takes_as:
        words.append(f"as {read.takes_as}")
    return ", ".join(words)


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"

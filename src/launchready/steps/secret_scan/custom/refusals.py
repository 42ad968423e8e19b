"""What is wrong with a person's own kinds: told when the config is read, before anything runs."""

import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from launchready.catalog import shapes
from launchready.catalog.kinds import ALPHABETS, Kind
from launchready.catalog.secrets import KINDS
from launchready.facts.text import TextBatch
from launchready.model import Confidence
from launchready.policy.rules import POLICY_RULE_IDS
from launchready.step import Refusal
from launchready.steps.secret_scan.custom.kinds import kind_of
from launchready.steps.secret_scan.custom.settings import CustomKind
from launchready.steps.secret_scan.expressions import measure
from launchready.steps.secret_scan.expressions.parse import ExpressionError, parse

_LONGEST = 1024
_SHORTEST_LITERAL = 3
_LEAST_RANDOM = 8
_MOST_WAYS = 20_000
_MOST_TEXT = 4096

_RUN = re.compile(r"\{(\w+):(\d{1,4})(?:-(\d{1,4}))?\}", re.ASCII)


def refusals(custom: Sequence[CustomKind], minimum: Confidence) -> Iterator[Refusal]:
    """Why these kinds cannot be taken; `minimum` is how sure a reported finding is."""
    counts = Counter(own.id for own in custom)
    taken = {kind.id for kind in KINDS} | POLICY_RULE_IDS
    for index, own in enumerate(custom):
        at = f"custom[{index}]"
        if own.id in taken:
            yield Refusal(setting=f"{at}.id", message="is the id of a rule of launchready")
        if counts[own.id] > 1:
            yield Refusal(setting=f"{at}.id", message="stands more than once; ids must differ")
        wrong = list(_of_look(own, at))
        yield from wrong
        if not wrong:
            yield from _of_examples(own, at, minimum)


def _of_look(own: CustomKind, at: str) -> Iterator[Refusal]:
    if (own.shape is None) == (own.regex is None):
        yield Refusal(setting=at, message="must have either `shape` or `regex`")
    elif own.shape is not None:
        if message := _why_no_shape(own.shape):
            yield Refusal(setting=f"{at}.shape", message=message)
    elif message := _why_no_regex(own.regex or ""):
        yield Refusal(setting=f"{at}.regex", message=message)


def _why_no_shape(shape: str) -> str:
    """Why this is no shape, or one that finds too much or too slowly; empty if it is one."""
    if not shape.isascii() or not shape.isprintable():
        return "must be printable ASCII"
    if message := _why_no_runs(shape):
        return message
    parts = shapes.pieces(shape)
    if len(shapes.literal(shape)) < _SHORTEST_LITERAL:
        return f"must hold a fixed text of {_SHORTEST_LITERAL} characters, by which it is found"
    if sum(part.minimum for part in parts if isinstance(part, shapes.Run)) < _LEAST_RANDOM:
        return f"must have runs of {_LEAST_RANDOM} characters or more: less is no secret"
    if shapes.longest(shape) > _LONGEST:
        return f"must end within {_LONGEST:,} characters"
    return ""


def _why_no_runs(text: str) -> str:
    for name, least, most in _RUN.findall(text):
        if name not in ALPHABETS:
            return f"has an unknown run; the runs are {', '.join(ALPHABETS)}"
        if most and int(most) < int(least):
            return "has a run whose greater number stands first"
    if re.search(r"[{}]", _RUN.sub("", text.replace("{uuid}", ""))):
        return "has a brace that is part of no run; a run is written {alnum:32} or {hex:32-64}"
    return ""


def _why_no_regex(regex: str) -> str:
    """Why the expression is none, or one that finds too much or too slowly."""
    try:
        tree = parse(regex)
    except ExpressionError as error:
        return f"cannot be taken: {error}"
    if measure.groups(tree) != ("secret",):
        return "must have one named group, (?P<secret>…), and that once"
    length = measure.longest(tree)
    if length is None or length > _LONGEST:
        return (
            f"must end within {_LONGEST:,} characters: give every repeat an upper limit, such as"
            " {20,60} in place of +"
        )
    if measure.ways(tree) > _MOST_WAYS:
        return "has repeats that can be tried in too many ways; give them narrower limits"
    if min(map(len, measure.literals(tree)), default=0) < _SHORTEST_LITERAL:
        return (
            f"must hold a fixed text of {_SHORTEST_LITERAL} characters, by which it is found:"
            " in every option, if there are several"
        )
    return ""


def _of_examples(own: CustomKind, at: str, minimum: Confidence) -> Iterator[Refusal]:
    kind = kind_of(own)
    if not own.good:
        yield Refusal(setting=f"{at}.good", message="must hold an example that is found")
    for name, texts, is_good in (("good", own.good, True), ("bad", own.bad, False)):
        for index, text in enumerate(texts):
            setting = f"{at}.{name}[{index}]"
            if message := _why_no_example(text):
                yield Refusal(setting=setting, message=message)
            elif _is_found(kind, filled(text, f"{own.id} {index}"), minimum) is not is_good:
                yield Refusal(setting=setting, message=_FOUND[is_good])


_FOUND = {
    True: (
        "is not found: it differs from the shape or regex, or its value reads like a placeholder;"
        " a run such as {alnum:32} makes a random one"
    ),
    False: "is found, though it must not be",
}


def _why_no_example(text: str) -> str:
    if len(text) > _MOST_TEXT:
        return f"must be {_MOST_TEXT:,} characters or shorter"
    for name, least, most in _RUN.findall(text):
        if name in ALPHABETS and most and int(most) < int(least):
            return "has a run whose greater number stands first"
    return ""


def filled(text: str, seed: str) -> str:
    """`text` with random characters in place of its runs, the same ones every time."""
    chance = random.Random(seed)  # noqa: S311 - an example, not a secret
    text = text.replace("{uuid}", "{hex:8}-{hex:4}-{hex:4}-{hex:4}-{hex:12}")

    def made(run: re.Match[str]) -> str:
        return shapes.sample(run[0], chance) if run[1] in ALPHABETS else run[0]

    return _RUN.sub(made, text)


def _is_found(kind: Kind, text: str, minimum: Confidence) -> bool:
    """Whether a scan finds the kind in the text, by the same way as anywhere else."""
    from launchready.steps.secret_scan.engines.pure import ReEngine
    from launchready.steps.secret_scan.scanning.scan import Scanner
    from launchready.steps.secret_scan.scanning.sightings import Origin, Sighting, Source

    content = text.encode("utf-8", "replace")
    batch = TextBatch(
        buffer=bytearray(content + b"\n"),
        length=len(content) + 1,
        starts=[0],
        ends=[len(content)],
        sources=[0],
    )
    scanner = Scanner(kinds=(kind,), engine=ReEngine((kind,)), minimum=minimum)
    source = Source(origin=Origin.DISK, name="example", path=None)
    return any(isinstance(seen, Sighting) for seen in scanner.scan([batch], [source]))

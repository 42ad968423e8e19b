"""Reads in Ruby.

Source: https://docs.ruby-lang.org/en/master/ENV.html.
"""

import re
from typing import TYPE_CHECKING

from launchready import trees
from launchready.facts.environment import Act, CodeFacts, Need, SourceFile
from launchready.regex import Regex
from launchready.steps.env_lint.reads.calls import calls_in
from launchready.steps.env_lint.reads.code import Code, ancestors
from launchready.steps.env_lint.reads.joined import joined
from launchready.steps.env_lint.reads.told import Told
from launchready.steps.env_lint.reads.walk import Fate

if TYPE_CHECKING:
    from tree_sitter import Node

_ENV = Regex(rb"\bENV\b")
_TAG = Regex(rb"<%(?P<sign>[=#%-]?)(?P<code>.*?)(?P<end>-?%>|\Z)", re.DOTALL)
_COMMENT = Regex(rb"^[ \t]*#[^\n]*", re.MULTILINE)
_QUOTES = Regex(rb"%[QqWwIirsx]?[<(\[{]")
_MOST_QUOTES = 5000
"""Where `%<` is never closed, the parser looks for its end from each one on."""
_TESTS = frozenset({"key?", "has_key?", "include?", "member?"})
_LISTS = {"values_at": Need.GUARDED, "slice": Need.GUARDED, "fetch_values": Need.REQUIRED}
_COPIES = frozenset({"to_h", "to_hash", "inspect", "to_s", "to_a", "sort", "each", "map"})
_SHOWS = Regex(
    r"^(?:puts|p|pp|print|warn|\$std\w+\.puts"
    r"|(?:\w+\.)*(?:logger|log|Logger)\.(?:debug|info|warn|error|fatal))$"
)
_HOLDS = frozenset({"argument_list", "interpolation", "string", "parenthesized_statements", "call"})


def read(file: SourceFile) -> CodeFacts:
    """What one file tells, or the parts of Ruby of an ERB template."""
    if not trees.is_installed("ruby"):
        return CodeFacts(problem="the parser of Ruby is not installed")
    is_template = not file.path.endswith((".rb", ".rake", ".ru")) and b"<%" in file.content
    content = code_of(_live(file)) if is_template else file.content
    if len(_QUOTES.findall(content)) > _MOST_QUOTES:
        return CodeFacts(problem="its code does not parse, or is nested too deeply to be read")
    code = Code.of(file, "ruby", content)
    told = Told(code, "ruby")
    for node in code.found(_ENV):
        if node.type == "constant" and node.parent is not None:
            _at(told, node, node.parent)
    calls_in(told)
    joined(told)
    return told.facts()


def _live(file: SourceFile) -> bytes:
    """A template without what its own format makes a comment, at its places."""
    if not file.path.endswith((".yml", ".yaml", ".yml.erb", ".yaml.erb")):
        return file.content
    return _COMMENT.sub(lambda match: b" " * len(match[0]), file.content)


def code_of(template: bytes) -> bytes:
    """The code of an ERB template at its places, and blanks for all else."""
    pieces, last = [], 0
    for tag in _TAG.finditer(template):
        start, end = tag.span("code")
        if tag["sign"] in (b"#", b"%"):
            start = end
        pieces.append(re.sub(rb"[^\n]", b" ", template[last:start]))
        pieces.append(template[start:end])
        pieces.append(b";" if tag["end"] else b"")
        last = end + len(pieces[-1])
    return b"".join((*pieces, re.sub(rb"[^\n]", b" ", template[last:])))


def _at(told: Told, source: "Node", parent: "Node") -> None:
    if parent.type == "element_reference" and parent.child_by_field_name("object") == source:
        _indexed(told, parent)
    elif parent.type == "call" and parent.child_by_field_name("receiver") == source:
        _called(told, source, parent, told.code.text(parent.child_by_field_name("method")))
    elif parent.type not in ("scope_resolution", "class", "module"):
        _whole(told, source)


def _indexed(told: Told, node: "Node") -> None:
    names = node.named_children[1:]
    holder = node.parent
    if not names or holder is None:
        return
    is_left = holder.child_by_field_name("left") == node
    if is_left and holder.type in ("assignment", "operator_assignment"):
        right = holder.child_by_field_name("right")
        if holder.type == "operator_assignment":
            told.take(names[0], holder, default=right)
        for text, at in told.texts(names[0]):
            told.declared(text, at, told.code.literal(right))
        return
    told.take(names[0], node)


def _called(told: Told, source: "Node", call: "Node", method: str) -> None:
    names = [argument.node for argument in told.code.arguments(call)]
    if method == "fetch" and names:
        default = names[1] if len(names) > 1 else call.child_by_field_name("block")
        is_rescued = any(each.type == "rescue_modifier" for each in ancestors(call, 4))
        need = Need.GUARDED if default is not None or is_rescued else Need.REQUIRED
        told.take(names[0], call, need=need, default=default)
    elif method in _TESTS and names:
        told.take(names[0], call, begins=Fate(need=Need.GUARDED, is_tested=True))
    elif method in ("[]", "dig", "delete") and names:
        if method != "delete" or call.parent is None or call.parent.type in _USES:
            told.take(names[0], call)
    elif method in _LISTS:
        for name in names:
            told.take(name, call, need=_LISTS[method])
    elif method in ("[]=", "store") and names:
        for text, at in told.texts(names[0]):
            told.declared(text, at)
    elif method in _COPIES:
        _whole(told, call)


_USES = frozenset({"assignment", "argument_list", "binary", "call", "if_modifier", "if"})


def _whole(told: Told, source: "Node") -> None:
    """The whole environment: whether it is shown to somebody."""
    for each in ancestors(source, 8):
        if each.type == "call":
            name = told.code.called(each)
            if _SHOWS.match(name):
                told.deed(Act.SHOWS_ALL, source, detail=name)
            if name.rpartition(".")[2] not in _COPIES:
                return
        elif each.type not in _HOLDS:
            return

"""What calls and methods make of a text, by language."""

from collections.abc import Mapping
from dataclasses import field

from launchready.facts.environment import Need
from launchready.frozen import frozen
from launchready.regex import Regex

READS = Regex(
    r"\benviron\b|\bgetenv\b|\bENV[\[.]|\bGetenv\b|\benv::var|\bGetEnvironmentVariable\b|\$_ENV\b"
)
"""A text that reads a variable itself."""

_PATHS = {"Path": "", "PurePath": "", "pathlib.Path": "", "open": "", "os.path.join": ""}


@frozen
class Dialect:
    """`takes` are calls that make something of their argument, `tests` calls that ask whether it
    is set, `wraps` calls that give it back, `methods` what its own methods do:

    ("default",) gives the argument in its place, ("test", "negated") says whether it is unset,
    ("compares",) compares it, ("takes", "integer", "safe") makes a number and takes nothing for
    zero, ("needs",) fails without it, ("passes",) neither.

    `parsing_needs` says that a call of `takes` fails on nothing, `member_need` what an unknown
    method tells of the need. `has_short_choice` is for `a ?: b`; `truth` is "truth" where a text
    alone may be a condition.
    """

    takes: Mapping[str, str] = field(default_factory=dict)
    tests: frozenset[str] = frozenset()
    wraps: frozenset[str] = frozenset()
    methods: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    parsing_needs: bool = False
    member_need: Need | None = None
    has_short_choice: bool = False
    truth: str = ""


_PYTHON = Dialect(
    truth="truth",
    takes={
        "int": "integer",
        "float": "number",
        "Decimal": "number",
        "bool": "truth",
        "json.loads": "json",
        "orjson.loads": "json",
        "ast.literal_eval": "",
        "dj_database_url.parse": "url",
        "urlparse": "url",
        "urlsplit": "url",
        "make_url": "url",
        "create_engine": "url",
        **_PATHS,
    },
    wraps=frozenset({"cast", "typing.cast"}),
    methods={
        "split": ("takes", "list"),
        "lower": ("takes", ""),
        "upper": ("takes", ""),
        "strip": ("takes", ""),
    },
    parsing_needs=True,
    member_need=Need.REQUIRED,
)
_RUBY = Dialect(
    truth="truth",
    takes={
        "Integer": "integer",
        "Float": "number",
        "JSON.parse": "json",
        "URI.parse": "url",
        "URI": "url",
    },
    methods={
        "present?": ("test",),
        "nil?": ("test", "negated"),
        "blank?": ("test", "negated"),
        "empty?": ("test", "negated"),
        "presence": ("passes",),
        "to_i": ("takes", "integer", "safe"),
        "to_f": ("takes", "number", "safe"),
        "to_s": ("takes", "", "lenient"),
        "to_sym": ("takes", ""),
        "to_a": ("takes", "", "safe"),
        "freeze": ("takes", "", "safe"),
        "split": ("takes", "list"),
        "in?": ("compares",),
        "eql?": ("compares",),
        "then": ("passes",),
        "inspect": ("takes", "", "safe"),
        "is_a?": ("test",),
    },
    parsing_needs=True,
    member_need=Need.REQUIRED,
)
_GO = Dialect(
    takes={
        "strconv.Atoi": "integer",
        "strconv.ParseInt": "integer",
        "strconv.ParseUint": "integer",
        "strconv.ParseBool": "boolean",
        "strconv.ParseFloat": "number",
        "strings.Split": "list",
        "url.Parse": "url",
        "json.Unmarshal": "json",
    },
    wraps=frozenset({"strings.TrimSpace", "strings.ToLower", "strings.ToUpper", "cmp.Or"}),
)
_PHP = Dialect(
    truth="truth",
    takes={
        "intval": "integer",
        "floatval": "number",
        "boolval": "truth",
        "json_decode": "json",
        "explode": "list",
        "parse_url": "url",
    },
    tests=frozenset({"isset", "empty", "is_null"}),
    wraps=frozenset({"trim", "strtolower"}),
    has_short_choice=True,
)
_JAVA = Dialect(
    takes={
        "Integer.parseInt": "integer",
        "Integer.valueOf": "integer",
        "Long.parseLong": "integer",
        "Double.parseDouble": "number",
        "Boolean.parseBoolean": "boolean",
        "URI.create": "url",
    },
    tests=frozenset(
        {"Objects.isNull", "StringUtils.isEmpty", "StringUtils.isBlank", "isNullOrEmpty"}
    ),
    wraps=frozenset({"Optional.ofNullable", "Optional.of"}),
    methods={
        "orElse": ("default",),
        "orElseGet": ("default",),
        "orElseThrow": ("needs",),
        "getOrDefault": ("default",),
        "map": ("passes",),
        "filter": ("passes",),
        "isPresent": ("test",),
        "isEmpty": ("test", "negated"),
        "isBlank": ("test", "negated"),
        "isNullOrEmpty": ("test", "negated"),
        "isNullOrBlank": ("test", "negated"),
        "equals": ("compares",),
        "equalsIgnoreCase": ("compares",),
        "split": ("takes", "list"),
        "toInt": ("takes", "integer"),
        "toIntOrNull": ("takes", "integer", "safe"),
        "toLong": ("takes", "integer"),
        "toBoolean": ("takes", "boolean", "safe"),
        "let": ("passes",),
        "orEmpty": ("default",),
        "ifBlank": ("default",),
        "takeIf": ("passes",),
    },
    parsing_needs=True,
    member_need=Need.REQUIRED,
)
_RUST = Dialect(
    methods={
        "unwrap": ("needs",),
        "expect": ("needs",),
        "unwrap_or": ("default",),
        "unwrap_or_else": ("default",),
        "unwrap_or_default": ("default",),
        "or_else": ("passes",),
        "map_or": ("test",),
        "is_ok_and": ("test",),
        "is_some": ("test",),
        "is_ok": ("test",),
        "is_err": ("test", "negated"),
        "is_none": ("test", "negated"),
    },
)
_C_SHARP = Dialect(
    takes={
        "int.Parse": "integer",
        "Int32.Parse": "integer",
        "Convert.ToInt32": "integer",
        "int.TryParse": "integer",
        "bool.Parse": "boolean",
        "Convert.ToBoolean": "boolean",
        "bool.TryParse": "boolean",
        "Uri": "url",
    },
    tests=frozenset({"string.IsNullOrEmpty", "string.IsNullOrWhiteSpace",
                     "String.IsNullOrEmpty", "String.IsNullOrWhiteSpace"}),
    methods={"Equals": ("compares",), "Split": ("takes", "list")},
    member_need=Need.REQUIRED,
)  # fmt: skip
DIALECTS: Mapping[str, Dialect] = {
    "python": _PYTHON,
    "ruby": _RUBY,
    "go": _GO,
    "php": _PHP,
    "java": _JAVA,
    "kotlin": _JAVA,
    "rust": _RUST,
    "c-sharp": _C_SHARP,
}

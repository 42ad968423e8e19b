"""What env-lint sees: where environment variables are declared, where they are read, and how.

A value is held by `Value`, which nothing shows by accident. Paths are relative to the examined
root, with `/` between their parts; lines and columns count from 1, columns in characters.
"""

import enum
from dataclasses import dataclass

from launchready.frozen import frozen
from launchready.model import FileLocation


class Value:
    """The text that a variable is given, on its way through the process: nothing shows it.

    Two values are equal if their texts are. `reveal` is for code that judges; what it gives must
    not reach a message, an identity, an exception or a log.
    """

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """The text itself."""
        return self._text

    def digest(self, key: bytes) -> bytes:
        """HMAC-SHA256 of the text: tells equal values apart within one run."""
        import hmac  # loads OpenSSL, which takes longer than to find nothing

        return hmac.digest(key, self._text.encode("utf-8", "surrogatepass"), "sha256")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Value) and self._text == other._text

    def __hash__(self) -> int:
        return hash(self._text)

    def __bool__(self) -> bool:
        return bool(self._text)

    def __repr__(self) -> str:
        return "Value()"


class Stage(enum.Enum):
    """What an environment is for, whatever it is called."""

    DEVELOPMENT = "development"
    TEST = "test"
    STAGING = "staging"
    PRODUCTION = "production"

    @property
    def is_production(self) -> bool:
        """Whether customers are on it."""
        return self is Stage.PRODUCTION


@frozen
class Environment:
    """A named environment: `name` as the repository or the config writes it, such as `eu-prod`.

    Previews count as STAGING: nothing of production belongs there.
    """

    name: str
    stage: Stage


class Kind(enum.Enum):
    """What a declaration is worth.

    REAL stands in a file that a program loads (`.env.production`). TEMPLATE and COMMENTED are
    documentation (`.env.example`, `# KEY=`). CI is a workflow's, PLATFORM a hosting platform's or
    an orchestrator's file (`fly.toml`, compose, Kubernetes), IMAGE a Dockerfile's ARG or ENV.
    SCHEMA is code that says which variables there are (t3-env, `turbo.json`, `process-env.d.ts`).
    INVENTORY is a list of names that a platform printed.
    """

    REAL = "real"
    TEMPLATE = "template"
    COMMENTED = "commented"
    CI = "ci"
    PLATFORM = "platform"
    IMAGE = "image"
    SCHEMA = "schema"
    INVENTORY = "inventory"

    @property
    def is_documentation(self) -> bool:
        """Whether it tells a person of the variable and gives it to no program."""
        return self in (Kind.TEMPLATE, Kind.COMMENTED)


class Need(enum.Enum):
    """What happens to a read where the variable is not set."""

    REQUIRED = "required"
    DEFAULT = "default"
    GUARDED = "guarded"


class Doubt(enum.Enum):
    """Why the code does not show that it fails without a variable that it reads as if it were set.

    HANDED_ON: the value is given to something that may do without it. SETUP: the read stands under
    a condition on how the program is set up, and other setups never come there.
    """

    HANDED_ON = "handed-on"
    SETUP = "setup"


class Place(enum.Enum):
    """What kind of code a read stands in: what customers run, tests, or tools beside it."""

    CODE = "code"
    TEST = "test"
    SCRIPT = "script"


@frozen
class Origin:
    """Where a declaration that holds no value gets it: `store` "secrets" and `name` "STRIPE_KEY" of
    `${{ secrets.STRIPE_KEY }}`; "vars", "inputs", "env" likewise; "shell" for `${NAME}` of compose;
    "platform" for what the platform fills in (`sync: false`, `fromDatabase`, `secretKeyRef`).
    """

    store: str
    name: str = ""


@frozen
class Declaration:
    """One place that gives a variable, or tells of it.

    `source` names the format: "dotenv", "compose", "dockerfile", "github-actions", "gitlab-ci",
    "kubernetes", "vercel.json", "netlify.toml", "fly.toml", "render.yaml", "wrangler", "app.json",
    "turbo.json", "t3-env", … `environment` is None where the file does not tell.
    `value` is None where it gives none (a name alone, a secret's reference, an origin).
    `holder` says whose it is inside the file: a job, a service, a section, an image's stage.
    `references` are the names that the value is made of by interpolation.
    `is_override` is for a file that lists only what differs (`.env.local`, a compose override).
    `is_build_time` is for what a build sees and may leave in its output (ARG, `build.env`).
    """

    name: str
    location: FileLocation
    kind: Kind
    source: str
    environment: Environment | None = None
    value: Value | None = None
    origin: Origin | None = None
    holder: str = ""
    references: tuple[str, ...] = ()
    is_override: bool = False
    is_build_time: bool = False

    @property
    def path(self) -> str:
        """The file it stands in."""
        return self.location.path


@frozen
class Read:
    """One place that reads a variable.

    `wrapper` is the function of the repository it goes through ("requireEnv"), or empty.
    `language` is the file's: "typescript", "python", "compose", "shell", …
    `default` is the literal that takes its place where it is not set; `makes_default` that a call
    makes one at run time (`randomBytes(32)`). `takes_as` is what the code makes of the text, where
    it tells: "integer", "number", "boolean", "truth" (JavaScript's or Python's truthiness of the
    text), "url", "port", "json", "email", "pem", "list"; `is_exact` where a schema says so.
    `is_client` is for code that a browser gets. `prefix` is what the loader puts before names that
    the code does not spell out (pydantic's `env_prefix`); `name` has it already.
    `folds_case` is for a loader that takes the name in any case (pydantic-settings). `beside` is
    the other variable that must be set for the read to run at all, empty where none is known.
    `doubt` says why a required read is not certain to fail, None where it is.
    """

    name: str
    location: FileLocation
    need: Need
    language: str
    place: Place = Place.CODE
    wrapper: str = ""
    default: Value | None = None
    makes_default: str = ""
    takes_as: str = ""
    is_exact: bool = False
    is_client: bool = False
    folds_case: bool = False
    beside: str = ""
    doubt: Doubt | None = None

    @property
    def path(self) -> str:
        """The file it stands in."""
        return self.location.path


@frozen
class DynamicRead:
    """A read whose name is made at run time. `begins` and `ends` are the parts that are known:
    `` `STRIPE_${region}_KEY` `` begins with "STRIPE_" and ends with "_KEY"; both may be empty.
    """

    location: FileLocation
    begins: str
    ends: str
    place: Place = Place.CODE


class Act(enum.Enum):
    """What code or a config file does with variables besides reading one.

    INLINES: a bundler puts the named variable into what browsers get (`env` of next.config).
    INLINES_ALL: it puts in everything (`define: {"process.env": process.env}`, `envPrefix: ""`).
    CLIENT_READ: browser code reads a variable that only the server has.
    SHOWS_ALL: the whole environment is logged or sent.
    TURNS_TO_TEXT: a possibly unset secret becomes the text "undefined" or "None".
    """

    INLINES = "inlines"
    INLINES_ALL = "inlines-all"
    CLIENT_READ = "client-read"
    SHOWS_ALL = "shows-all"
    TURNS_TO_TEXT = "turns-to-text"


@frozen
class Deed:
    """One such act. `name` is the variable, empty where all are meant; `detail` names the place in
    words: "next.config env", "console.log".
    """

    act: Act
    location: FileLocation
    name: str = ""
    detail: str = ""
    place: Place = Place.CODE


@frozen
class Loading:
    """One way in which a project has env files read.

    `loader` is a dialect's name (`dialects.DIALECTS`), `evidence` how its use was seen. `path` is
    the file it is given; "" stands for the files that it looks for by itself, "*" for every one.
    `names` are the only variables that it takes from it, where it does not take all.
    """

    loader: str
    evidence: str
    path: str = ""
    names: frozenset[str] | None = None


@frozen
class Project:
    """A part of the repository with a manifest of its own; `folder` is "" at the top.

    `packages` are the names of what its manifests depend on, lower case: "next", "stripe",
    "django-environ". `loadings` are what really reads its env files.
    """

    folder: str
    packages: frozenset[str]
    loadings: tuple[Loading, ...] = ()

    @property
    def loaders(self) -> tuple[tuple[str, str], ...]:
        """The dialects' names, each with how its use was seen: ("next", "next in package.json")."""
        return tuple(dict.fromkeys((each.loader, each.evidence) for each in self.loadings))


@dataclass(frozen=True, kw_only=True, eq=False)
class EnvironmentFacts:
    """The one model of a repository that every cross-file rule asks. Two are equal only as one.

    `key` is this run's random key of values' digests. `tracked` are the paths of env files that git
    tracks. `mentioned` are the names among those that are declared and never read which stand as a
    word in some file that is neither an env file nor prose, so that something may read them.
    `configured` are those that are read and not declared which stand in a configuration file of a
    format that nothing here reads (Terraform, Nix, …), so that something may set them.
    `documented` are those that are read and not declared of which prose tells.
    `handed` are the env files that only images of others are given.
    `document` is the text of the committed table of variables, None where there is none.
    """

    declarations: tuple[Declaration, ...]
    reads: tuple[Read, ...] = ()
    dynamic_reads: tuple[DynamicRead, ...] = ()
    deeds: tuple[Deed, ...] = ()
    projects: tuple[Project, ...] = ()
    key: bytes = b""
    tracked: frozenset[str] = frozenset()
    mentioned: frozenset[str] = frozenset()
    configured: frozenset[str] = frozenset()
    documented: frozenset[str] = frozenset()
    handed: frozenset[str] = frozenset()
    document: str | None = None


@frozen
class HandedFile:
    """An env file that a container is given whole. `is_foreign` says that the container is an image
    of somebody else's, which reads what no file here tells.
    """

    path: str
    is_foreign: bool


@frozen
class SourceFile:
    """A file that was read. `place` is what its path tells; `project` the nearest one's folder."""

    path: str
    content: bytes
    place: Place = Place.CODE
    project: str = ""


@frozen
class CodeFacts:
    """What one source file tells.

    `wrappers` are functions it defines that read the variable named by their parameter: name and
    number of that parameter from 0, and the need of the read inside. `calls` are calls of functions
    that are not known to be readers, with a literal that looks like a variable's name in them: they
    become reads if another file says that the function is a wrapper. `fallbacks` are, by wrapper,
    the numbers of the parameters that take the variable's place where it is not set. `imports` are
    names that the file takes from others: the local name and the module, as it writes it.
    `failing` are the wrappers that fail by themselves where the variable is not set. `constants`
    are reads whose name is a constant that the file does not define, each with that constant.
    """

    reads: tuple[Read, ...] = ()
    dynamic_reads: tuple[DynamicRead, ...] = ()
    declarations: tuple[Declaration, ...] = ()
    deeds: tuple[Deed, ...] = ()
    wrappers: tuple[tuple[str, int, Need], ...] = ()
    calls: tuple["Call", ...] = ()
    problem: str = ""
    fallbacks: tuple[tuple[str, int], ...] = ()
    imports: tuple[tuple[str, str], ...] = ()
    failing: frozenset[str] = frozenset()
    constants: tuple[tuple[str, Read], ...] = ()


@frozen
class Call:
    """A call with a literal argument, or one that passes a parameter on.

    `function` is its name without what it is called on. `read` is what it is if `function` reads
    the variable that its argument number `argument` names. `within` is the function whose own
    parameter number `passes` is handed on as that argument, for wrappers of wrappers; -1 if none.
    `count` is how many arguments the call has, `second` the literal after the name, if it is one:
    what takes the variable's place where the wrapper has a parameter for that. `fallback` is the
    number of the parameter of `within` that does so, -1 if none.
    """

    function: str
    argument: int
    read: Read | None = None
    within: str = ""
    passes: int = -1
    count: int = 1
    second: Value | None = None
    fallback: int = -1


@frozen
class LoaderDifference:
    """A line that two loaders which the repository uses read differently.

    `readings` says for each loader, in words without the value, what it makes of the line: ("next",
    "cut at $"), ("docker run --env-file", "whole, with its quotes").
    """

    line: int
    name: str
    is_secret: bool
    readings: tuple[tuple[str, str], ...]


@frozen
class LineTrouble:
    """Something wrong with the writing of a line of an env file.

    `trouble` is the id of the rule that says so ("unterminated-quote"); `detail` completes the
    rule's message and holds no value. `related_line` is the other line of a pair, 0 if none.
    """

    trouble: str
    line: int
    column: int
    end_column: int
    name: str = ""
    detail: str = ""
    related_line: int = 0


@frozen
class EnvFileFacts:
    """One env file as its writing goes; what it declares is in `EnvironmentFacts`.

    `loaders` are those that were compared, each with how its use was seen.
    """

    path: str
    kind: Kind
    is_tracked: bool
    troubles: tuple[LineTrouble, ...]
    differences: tuple[LoaderDifference, ...]
    loaders: tuple[tuple[str, str], ...] = ()

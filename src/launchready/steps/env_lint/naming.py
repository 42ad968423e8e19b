"""Which environment a file, folder, section or job belongs to, by its name."""

import functools
import re
from collections.abc import Iterator, Mapping

from launchready.facts.environment import Environment, Kind, Place, Stage
from launchready.frozen import frozen
from launchready.policy.paths import path_matches
from launchready.regex import Regex
from launchready.steps.env_lint.settings import EnvLintSettings

_WORDS: Mapping[str, Stage] = {
    **dict.fromkeys(("prod", "production", "live", "prd"), Stage.PRODUCTION),
    **dict.fromkeys(
        ("stage", "staging", "stg", "uat", "preview", "preprod", "qa", "sandbox", "demo", "canary"),
        Stage.STAGING,
    ),
    **dict.fromkeys(("dev", "devel", "development", "local", "develop"), Stage.DEVELOPMENT),
    **dict.fromkeys(("test", "testing", "tests", "ci", "e2e", "spec"), Stage.TEST),
}
_TEMPLATE = Regex(
    r"(?:^|[._-])(?:example|examples|sample|template|tmpl|tpl|dist|defaults?|schema|skel|stub)"
    r"(?=$|[._-])",
    re.IGNORECASE,
)
_ENV_FILE = Regex(
    r"(?:^|[._-])envs?(?:$|[._-])|^\.dev\.vars(?:$|\.)|^\.flaskenv$|^\.envrc$", re.IGNORECASE
)
_NO_ENV_FILE = Regex(
    r"\.(?:py[icx]?|[cm]?[jt]sx?|rb|go|rs|php|java|kt|cs|sh|bash|ps1|bat|cmd|vue|svelte|astro|html?"
    r"|css|s[ac]ss|mdx?|rst|json[c5]?|ya?ml|toml|lock|xml|svg|png|jpe?g|gif|ico|webp|pdf|snap|map"
    r"|enc|vault|gpg|age|asc|zip|gz|sql|tf|hcl|ini|cfg|conf|nix|lua|ex|exs|erb|ejs|hbs|mustache|j2"
    r"|jinja2?|diff|patch|orig|rej|proto|txt|csv|log|d|po|pot|mo|test|spec|prisma|properties|gradle|gitignore)$",
    re.IGNORECASE,
)
_PIECES = Regex(r"[^A-Za-z0-9]+")
_TESTS = Regex(
    r"(?:^|/)(?:tests?|__tests__|spec|specs|e2e|cypress|playwright|testing|test-utils|fixtures|mocks?"
    r"|__mocks__|testdata)(?:/|$)|(?:^|/)(?:conftest\.py|test_[^/]*\.py|[^/]*_tests?\.(?:py|go|rb)"
    r"|[^/]*_spec\.rb|(?:[^/]*\.)?mocks?\.(?:[cm]?[jt]sx?|py|rb|go)|[^/]*\.(?:test|spec|e2e|cy|stories)\.[cm]?[jt]sx?"
    r"|(?:playwright|vitest|jest|cypress|karma)[^/]*\.config\.[cm]?[jt]s"
    r"|(?:(?:vitest|jest)\.|integration/)setup\.[cm]?[jt]sx?|settings[_-]?tests?\.py)$",
    re.IGNORECASE,
)
_SCRIPTS = Regex(
    r"(?:^|/)(?:scripts?|bin|hack|_?examples?|samples?|benchmarks?|\.github|\.ci|\.circleci"
    r"|\.buildkite|\.woodpecker|[\w-]+-scripts"
    r"|\.devcontainer|seeds?|migrations)(?:/|$)"
    r"|[^/]+\.rake$|^(?:(?!(?:apps?|src|lib|pages|routes)/)[^/]+/)*(?:docs?|tools?)(?:/|$)|(?:^|/)(?:seed|Rakefile|Makefile|gulpfile|Gruntfile)[^/]*$",
    re.IGNORECASE,
)


@frozen
class Naming:
    """What names mean here: the usual words, and those that the config adds."""

    own: Mapping[str, Stage]
    files: Mapping[str, Environment]

    @classmethod
    def of(cls, settings: EnvLintSettings) -> "Naming":
        """The naming that the settings describe."""
        own = {name.lower(): stage for name, stage in settings.environments.items()}
        usual = cls(own=own, files={})
        files = {
            glob: usual.named(name) or Environment(name=name, stage=Stage.STAGING)
            for glob, name in settings.files.items()
        }
        return cls(own=own, files=files)

    def named(self, name: str) -> Environment | None:
        """The environment that a section, a job's `environment` or a file's ending names, such as
        `production`, `eu-prod` or `Preview`; None where no word of it says what it is.
        """
        stage = self.own.get(name.lower())
        if stage is not None:
            return Environment(name=name, stage=stage)
        stages = {self._word(piece) for piece in _PIECES.split(name.lower())} - {None}
        if len(stages) != 1:
            return None
        (stage,) = stages
        return Environment(name=name, stage=stage) if stage else None

    def of_path(self, path: str) -> Environment | None:
        """The environment that a file's path tells: by the config, its ending, or a folder."""
        for glob, environment in self.files.items():
            if path_matches(glob, path):
                return environment
        *folders, name = path.split("/")
        found = self._of_file(name)
        if found is not None:
            return found
        for folder in reversed(folders):
            if (stage := self._word(folder.lower())) is not None and folder.lower() not in _CODE:
                return Environment(name=folder, stage=stage)
        return None

    def _of_file(self, name: str) -> Environment | None:
        """`.env.production.local` is of production: its first word that names a stage counts."""
        for piece in _PIECES.split(name):
            stage = self._word(piece.lower())
            if stage is not None:
                return Environment(name=piece, stage=stage)
        return None

    def _word(self, word: str) -> Stage | None:
        return self.own.get(word) or _WORDS.get(word)


_CODE = frozenset({"test", "tests", "spec", "local", "live", "demo", "e2e", "ci", "preview"})
"""Folders that hold code of that name as often as an environment's files."""


@functools.lru_cache(maxsize=65536)
def is_env_file(path: str) -> bool:
    """Whether a path is that of a file of `NAME=value` lines: `.env`, `api.env`, `env.example`."""
    name = path.rpartition("/")[2]
    if not _ENV_FILE.search(name):
        return False
    if name.startswith("_") and name.endswith(".tpl"):
        return False  # a part of a Helm chart
    return not _NO_ENV_FILE.search(name) or name.lower().endswith((".env.test", ".env.spec"))


def kind_of(path: str) -> Kind:
    """Whether an env file is a template, which documents, or real."""
    name = path.rpartition("/")[2]
    return Kind.TEMPLATE if _TEMPLATE.search(name) else Kind.REAL


def is_override(path: str) -> bool:
    """Whether an env file lists only what differs from another, as `.env.local` does."""
    return bool(re.search(r"[._-](?:local|override)(?:$|[._-])", path.rpartition("/")[2]))


@functools.lru_cache(maxsize=65536)
def place_of(path: str) -> Place:
    """What kind of code a path holds. What lies in `docs` or `tools` of an application's own source
    (`apps/docs`, `src/ai/tools`) is part of it.
    """
    if _TESTS.search(path):
        return Place.TEST
    return Place.SCRIPT if _SCRIPTS.search(path) else Place.CODE


def stages_in(name: str) -> Iterator[Stage]:
    """The stages whose words stand in a name such as `PROD_DATABASE_URL` or `deploy-staging`."""
    for piece in _PIECES.split(name.lower()):
        if piece in _WORDS:
            yield _WORDS[piece]

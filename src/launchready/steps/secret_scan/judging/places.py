"""What a path says of the text in it: tests and examples, generated files, code or config."""

import functools
import re
from collections.abc import Callable

from launchready.regex import Regex

# Folders and file names where people put invented credentials.
_FIXTURE_FOLDER_NAMES = """
test tests testing __tests__ spec specs fixture fixtures __fixtures__ mock mocks __mocks__
testdata test-data test_data e2e cypress playwright integration-tests unittests benchmark
benchmarks example examples sample samples demo demos tutorial tutorials doc docs documentation
stories __snapshots__ snapshots seed seeds seeders cassettes
"""
_FIXTURE_FILE = Regex(
    r"(?:^|[._\-])(?:tests?|spec|e2e|mocks?|fixtures?|stories|story|examples?|sample|template|tmpl|"
    r"dist|snap|demo|seed|defaults?)(?:[._\-]|$)|^conftest\.py$|(?-i:(?:Tests?|Spec|Mock)\.\w+$)|"
    r"\.(?:mdx?|rst|adoc|ipynb|http|rest|feature|patch|diff|po|pot)$|"
    r"^(?:readme|changelog|changes|contributing|history)\b",
    re.IGNORECASE,
)
# Files that tools write: a value there is a checksum, a translation or compiled text.
_GENERATED_FILE = Regex(
    r"(?:^|[.\-])(?:lock|min)\.(?:json|ya?ml|js|css|mjs|cjs)$|\.(?:lock|lockb|sum|map|snap|svg|css|"
    r"scss|less|woff2?|po|pot|xliff?|arb|strings|resx|tsbuildinfo)$|"
    r"^(?:\.secrets\.baseline|package-lock\.json|npm-shrinkwrap\.json|pnpm-lock\.yaml|composer\.lock|poetry\.lock|"
    r"pipfile\.lock|cargo\.lock|gemfile\.lock|go\.sum|yarn\.lock|bun\.lock|search[_\-]index\.json)$",
    re.IGNORECASE,
)
# Clients' own files: what is in them was typed in, or saved, to log in with.
_CREDENTIAL_STORE = Regex(
    r"(?:^|/)(?:[._](?:netrc|pgpass|my\.cnf|esmtprc|msmtprc|fetchmailrc|s3cfg|tugboat|ftpconfig|npmrc|"
    r"pypirc|git-credentials|dockercfg|remote-sync\.json|ftppass)|credentials|"
    r"(?:sftp|ftp)(?:-config)?\.json|deployment-config\.json|sftp-config\.json|"
    r"WebServers\.xml|dataSources(?:\.local)?\.xml|[\w.\-]*data-sources\.(?:xml|json)|"
    r"(?:filezilla|recentservers|sitemanager)\.xml|robomongo\.json|confCons\.xml)$",
    re.IGNORECASE,
)
_ENVIRONMENT = Regex(r"(?:^|/)\.env(?:\.[\w\-]+)?$")
_PROSE = Regex(r"\.(?:mdx?|rst|txt|adoc|log|html?)$|(?:^|/)[A-Z]+$", re.IGNORECASE)
_TRANSLATIONS = Regex(
    r"(?:^|/)(?:(?:locales?|i18n|l10n|lang|langs|translations?)/|messages/(?:.*/)?[\w.\-]+\."
    r"(?:json5?|ya?ml|properties|php|[jt]s|toml|xml)$)",
    re.IGNORECASE,
)
# Languages in which a text needs quotes: a bare word on the right side is a name, not a value.
_CODE = Regex(
    r"\.(?:[cm]?[jt]sx?|py[iwx]?|rb|erb|go|java|kts?|scala|groovy|gradle|php\d?|phtml|cs|fs|vb|c|h|cc|"
    r"cpp|cxx|hpp|hh|m|mm|swift|rs|dart|lua|pl|pm|r|jl|ex|exs|erl|clj|cljs|hs|elm|ml|vue|svelte|astro|"
    r"html?|xhtml|jsp|aspx?|cshtml|ejs|hbs|pug|twig|json5?|jsonc|toml|tf|hcl|prisma|graphql|gql|proto|"
    r"sol|sql|ipynb|templ|liquid|jinja2?|j2|css|scss|less)$",
    re.IGNORECASE,
)
# Settings of a machine on which nothing is at stake: a developer's, or a runner's.
_REHEARSAL = Regex(
    r"(?:^|[._\-/])(?:dev|devel|development|local|ci|e2e|testing)(?:[._\-/]|$)|"
    r"(?:^|/)(?:\.github|\.circleci|\.gitlab|\.buildkite|\.devcontainer)/|"
    r"(?:^|/)\.?(?:travis|gitlab-ci|drone|appveyor|cirrus|azure-pipelines)\.ya?ml$",
    re.IGNORECASE,
)
_DOCUMENT_FOLDERS = frozenset({"doc", "docs", "documentation"})
# What package managers unpack: the examples in the comments of others.
_PACKAGE_FOLDERS = frozenset({"site-packages", "dist-packages", "node_modules", "bower_components"})
_PACKED_CHART = Regex(r"(?:^|/)charts/[^/]+\.tgz!/")
_FIXTURE_FOLDERS = _PACKAGE_FOLDERS | frozenset(_FIXTURE_FOLDER_NAMES.split())


def _asked(pattern: Regex[str]) -> Callable[[str], bool]:
    """Whether the pattern is in a path's folders or in its name. In a history both stand in many
    paths, so what is known of one is kept.
    """

    @functools.lru_cache(maxsize=8192)
    def is_found(half: str) -> bool:
        return pattern.search(half) is not None

    return is_found


_is_fixture_name = _asked(_FIXTURE_FILE)
_is_in_chart = _asked(_PACKED_CHART)
_is_store = _asked(_CREDENTIAL_STORE)
_is_of_rehearsal = _asked(_REHEARSAL)
_is_environment = _asked(_ENVIRONMENT)
_is_prose = _asked(_PROSE)
_is_generated_name = _asked(_GENERATED_FILE)
_is_code = _asked(_CODE)


@functools.lru_cache(maxsize=4096)
def is_fixture(path: str | None) -> bool:
    """Whether the path is that of a test, an example, a template or a document."""
    if path is None:
        return False
    folder, name = _halves(path)
    return _is_fixture_name(name) or _is_fixture_folder(folder)


@functools.lru_cache(maxsize=4096)
def is_document(path: str | None) -> bool:
    """Whether the file is a page of a documentation or a package: what is in it is for everyone."""
    if path is None:
        return False
    folder, _ = _halves(path)
    is_page = is_prose(path) and _is_within(_DOCUMENT_FOLDERS, folder)
    return is_page or _is_in_chart(folder) or _is_within(_PACKAGE_FOLDERS, folder)


@functools.lru_cache(maxsize=4096)
def is_credential_store(path: str | None) -> bool:
    """Whether the file is one that tools keep the login of a real machine in."""
    return path is not None and _is_store(_halves(path)[1])


@functools.lru_cache(maxsize=4096)
def is_rehearsal(path: str | None) -> bool:
    """Whether the file sets up a developer's machine or a CI run, where people mean it."""
    return path is not None and any(map(_is_of_rehearsal, _halves(path)))


@functools.lru_cache(maxsize=4096)
def is_environment(path: str | None) -> bool:
    """Whether an application reads its settings from the file: `.env`, `.env.production`."""
    return path is not None and _is_environment(_halves(path)[1])


@functools.lru_cache(maxsize=4096)
def is_prose(path: str | None) -> bool:
    """Whether the file is written for people to read."""
    return path is None or _is_prose(_halves(path)[1])


@functools.lru_cache(maxsize=4096)
def is_generated(path: str | None) -> bool:
    """Whether a tool wrote the file, or a translator: names there are not variables' names."""
    if path is None:
        return False
    return _is_generated_name(_halves(path)[1]) or bool(_TRANSLATIONS.search(path))


@functools.lru_cache(maxsize=4096)
def needs_quotes(path: str | None) -> bool:
    """Whether the file's language writes text in quotes."""
    return path is not None and _is_code(_halves(path)[1])


def _halves(path: str) -> tuple[str, str]:
    """Its folders, each with its `/`, and its name."""
    name = path.rpartition("/")[2]
    return path[: len(path) - len(name)], name


@functools.lru_cache(maxsize=4096)
def _is_fixture_folder(folder: str) -> bool:
    return _is_in_chart(folder) or _is_within(_FIXTURE_FOLDERS, folder)


@functools.lru_cache(maxsize=4096)
def _is_within(names: frozenset[str], folder: str) -> bool:
    return not names.isdisjoint(folder.lower().split("/"))


ASPECTS = (
    is_fixture,
    is_document,
    is_credential_store,
    is_rehearsal,
    is_environment,
    is_prose,
    is_generated,
    needs_quotes,
)
"""All that this module says of a path. Paths for which they say the same are judged alike."""

"""Rules on values that are not what their names say."""

from collections.abc import Iterator

from launchready.facts.environment import EnvironmentFacts, Kind, Stage
from launchready.model import Finding, Severity
from launchready.step import rule
from launchready.steps.env_lint.queries import by_place, finding, known
from launchready.steps.env_lint.rules import formats
from launchready.steps.env_lint.settings import EnvLintSettings


@rule(EnvironmentFacts, Severity.WARNING)
def bad_port(facts: EnvironmentFacts, settings: EnvLintSettings) -> Iterator[Finding]:
    """A port is no number from 1 to 65535.

    The program stops at its start, or listens where nobody looks for it.

    Write the number alone.

    Bad:
        --- .env
        PORT=80800

    Good:
        --- .env
        PORT=8080

    Reference:
        https://www.rfc-editor.org/rfc/rfc6335#section-6
    """
    for group in by_place(known(facts)):
        if formats.is_port_name(group[0].name):
            trouble = formats.port_trouble(group[0].text)
            if trouble:
                yield finding(
                    group, f"`{group[0].name}` is {trouble}; expected a number from 1 to 65535"
                )


@rule(EnvironmentFacts, Severity.WARNING)
def malformed_url(facts: EnvironmentFacts, settings: EnvLintSettings) -> Iterator[Finding]:
    """An address has no scheme, two of them, or a blank inside.

    Requests fail or go to a page of your own site, and links in mails lead nowhere.

    Write the whole address.

    Bad:
        --- .env
        API_URL=api.example.com/v1

    Good:
        --- .env
        API_URL=https://api.example.com/v1
        BASE_URL=/app

    Reference:
        https://url.spec.whatwg.org/
    """
    for group in by_place(known(facts)):
        if formats.is_url_name(group[0].name):
            trouble = formats.url_trouble(group[0].text)
            if trouble and not formats.is_dialled(group[0].name, group[0].text):
                yield finding(group, f"`{group[0].name}` {trouble}; expected a whole address")


@rule(EnvironmentFacts, Severity.WARNING)
def bad_email(facts: EnvironmentFacts, settings: EnvLintSettings) -> Iterator[Finding]:
    """A mail address is none.

    The mail provider refuses every message, so that nobody can confirm an account.

    Write an address, or a name with an address in angle brackets.

    Bad:
        --- .env
        EMAIL_FROM=Shop

    Good:
        --- .env
        EMAIL_FROM="Shop <hello@shop.example.com>"

    Reference:
        https://www.rfc-editor.org/rfc/rfc5322#section-3.4
    """
    for group in by_place(known(facts)):
        first = group[0]
        if formats.is_mail_name(first.name) and not formats.is_mail(first.text):
            yield finding(group, f"`{first.name}` is no mail address")


@rule(EnvironmentFacts, Severity.WARNING)
def empty_database_in_url(facts: EnvironmentFacts, settings: EnvLintSettings) -> Iterator[Finding]:
    """The address of a database server names no database.

    The driver falls back on the user's name or the server's own database: tables appear where
    nobody backs them up, or the start fails.

    Add the database's name behind the host.

    Bad:
        --- .env
        DATABASE_URL=postgres://app:<secret>@db.example.com:5432

    Good:
        --- .env
        DATABASE_URL=postgres://app:<secret>@db.example.com:5432/shop

    Reference:
        https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-URIS
    """
    for group in by_place(known(facts)):
        first = group[0]
        # An image's own address is there for its build, which asks for one and goes nowhere.
        is_tried = first.stage is Stage.TEST or first.declaration.kind in (Kind.CI, Kind.IMAGE)
        if formats.lacks_database(first) and not is_tried:
            yield finding(group, f"`{group[0].name}` names a server and no database on it")


RULES = (bad_port, malformed_url, bad_email, empty_database_in_url)

"""Rules on the writing of env files: lines that loaders refuse, drop or read as something else."""

from collections.abc import Iterator

from launchready.facts.environment import EnvFileFacts
from launchready.model import Finding, Severity
from launchready.step import rule
from launchready.steps.env_lint.rules.line_findings import line_finding, told_by, troubles_of
from launchready.steps.env_lint.settings import EnvLintSettings


@rule(EnvFileFacts, Severity.ERROR)
def unterminated_quote(facts: EnvFileFacts, settings: EnvLintSettings) -> Iterator[Finding]:
    """A value begins with a quote that never ends.

    Docker Compose, godotenv and Symfony refuse the whole file, python-dotenv drops the variable,
    and dotenv, Next.js and Node.js keep the quote as part of the value: a service does not start,
    or signs in with a wrong password.

    Write the closing quote; put a value with one apostrophe in double quotes.

    Bad:
        --- .env.production
        GREETING="Welcome
        PORT=3000

    Good:
        --- .env.production
        GREETING="Welcome"
        PORT=3000

    Reference:
        https://docs.docker.com/compose/how-tos/environment-variables/variable-interpolation/#env-file-syntax
    """
    for each in troubles_of(facts, "unterminated-quote"):
        yield line_finding(
            facts,
            each,
            f"the value of {each.name} begins with a quote that does not end"
            + told_by(each, "misread by"),
        )


@rule(EnvFileFacts, Severity.ERROR)
def unparsable_line(facts: EnvFileFacts, settings: EnvLintSettings) -> Iterator[Finding]:
    """A line of an env file is neither `NAME=value` nor a comment.

    Some loaders refuse the whole file because of it, so that the release does not start; the others
    pass it over without a word, and what it was to set is not set.

    Write it as `NAME=value`, put the lines of one value in quotes, or put a `#` in front of prose.

    Bad:
        --- .env.production
        PORT=3000
        the key of the mail service follows

    Good:
        --- .env.production
        PORT=3000
        # the key of the mail service follows
    """
    for each in troubles_of(facts, "unparsable-line"):
        yield line_finding(
            facts,
            each,
            "the line is neither `NAME=value` nor a comment"
            + told_by(each, "the file is refused by"),
        )


@rule(EnvFileFacts, Severity.ERROR)
def conflicting_duplicate_key(facts: EnvFileFacts, settings: EnvLintSettings) -> Iterator[Finding]:
    """An env file gives one variable two different values.

    Nearly every loader takes the last, Rust's dotenv the first: whoever edits the other line has
    changed nothing, and keeps sending payments or mail through the old account.

    Take out the line that does not count, or put a `#` in front of it.

    Bad:
        --- .env.production
        MAIL_HOST=smtp.one.example
        MAIL_HOST=smtp.two.example

    Good:
        --- .env.production
        # MAIL_HOST=smtp.one.example
        MAIL_HOST=smtp.two.example
    """
    for each in troubles_of(facts, "conflicting-duplicate-key"):
        message = f"{each.name} is set again, to something else than on line {each.related_line}"
        yield line_finding(facts, each, message)


@rule(EnvFileFacts, Severity.WARNING)
def repeated_key(facts: EnvFileFacts, settings: EnvLintSettings) -> Iterator[Finding]:
    """An env file gives one variable the same value twice, or a template names it twice.

    The next edit changes one of the two, and which of them counts depends on the loader.

    Take out one of the lines, or put a `#` in front of an alternative.

    Bad:
        --- .env.example
        MAIL_HOST=
        MAIL_PORT=587
        MAIL_HOST=

    Good:
        --- .env.example
        MAIL_HOST=
        MAIL_PORT=587
    """
    for each in troubles_of(facts, "repeated-key"):
        yield line_finding(facts, each, f"{each.name} is set again, as on line {each.related_line}")


@rule(EnvFileFacts, Severity.WARNING)
def space_around_equals(facts: EnvFileFacts, settings: EnvLintSettings) -> Iterator[Finding]:
    """There are blanks before a name or around its `=`, and what reads the file minds them.

    Docker and Symfony refuse the file, the shell and django-environ lose the variable, and some
    keep the blank as a part of a password.

    Write `NAME=value` at the beginning of the line.

    Bad:
        --- start.sh
        docker run --env-file .env.production shop
        --- .env.production
        API_HOST = api.shop.example

    Good:
        --- start.sh
        docker run --env-file .env.production shop
        --- .env.production
        API_HOST=api.shop.example
    """
    for each in troubles_of(facts, "space-around-equals"):
        message = f"there are blanks around the name or the `=` of {each.name}"
        yield line_finding(facts, each, message + told_by(each, "misread by"))


@rule(EnvFileFacts, Severity.NOTE)
def odd_variable_name(facts: EnvFileFacts, settings: EnvLintSettings) -> Iterator[Finding]:
    """The name of a variable has a dash, a dot, a digit in front, or other letters than its kin.

    A shell cannot set or read such a name, and eight of nineteen loaders refuse or lose it.

    Use capitals, digits and underscores, with a letter in front.

    Bad:
        --- .env
        API-HOST=api.shop.example
        PORT=3000

    Good:
        --- .env
        API_HOST=api.shop.example
        PORT=3000

    Reference:
        https://pubs.opengroup.org/onlinepubs/9799919799/basedefs/V1_chap08.html
    """
    for each in troubles_of(facts, "odd-variable-name"):
        yield line_finding(facts, each, f"the name {each.name} {each.detail}")


@rule(EnvFileFacts, Severity.WARNING)
def invisible_characters(facts: EnvFileFacts, settings: EnvLintSettings) -> Iterator[Finding]:
    """An env file holds characters that nobody sees and that loaders take for part of it.

    A carriage return, a no-break space or a byte order mark becomes part of a name or a password:
    the variable is missing or the login fails, and on the screen all looks well.

    Save the file as UTF-8 without a byte order mark, with Unix line ends, and type the line again.

    Bad:
        --- .env.production
        GREETING=“Welcome”

    Good:
        --- .env.production
        GREETING="Welcome"
    """
    for each in troubles_of(facts, "invisible-characters"):
        what = f"{each.name} {each.detail}" if each.name else each.detail
        yield line_finding(facts, each, what)


@rule(EnvFileFacts, Severity.NOTE)
def missing_final_newline(facts: EnvFileFacts, settings: EnvLintSettings) -> Iterator[Finding]:
    """The last line of an env file has no line end.

    `echo "NAME=value" >> .env` then joins its line to the last one, and both variables are wrong.

    End the file with a line end.

    Bad:
        --- .env
        HOST=api.shop.example
        \\ No newline at end of file

    Good:
        --- .env
        HOST=api.shop.example
    """
    for each in troubles_of(facts, "missing-final-newline"):
        yield line_finding(facts, each, "the last line has no line end")


RULES = (
    unterminated_quote,
    unparsable_line,
    conflicting_duplicate_key,
    repeated_key,
    space_around_equals,
    odd_variable_name,
    invisible_characters,
    missing_final_newline,
)

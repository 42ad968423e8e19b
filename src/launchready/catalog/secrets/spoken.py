"""Secrets that are not assigned: written after a service's name, or handed to a program."""

import itertools
import re
from collections.abc import Iterable, Sequence

from launchready.catalog.kinds import Kind, Pattern
from launchready.catalog.services import SERVICES, SHAPED

_WORD = (
    r"(?:[_\-. ]{0,3}"
    r"(?:api|app|access|private|auth|service|user|personal|tracking|rest|sdk|record)){0,2}"
    r"(?:[_\-. ]{0,3}(?:secret|token|key|private|access|pat)){1,3}"
)
_GIVEN = (
    r"(?=[^A-Za-z0-9\r\n]{1,6}[A-Za-z0-9])"
    r"[\"'`\])]{0,2}(?:[ \t]{0,3}(?:[=:]{1,3}>?|->|[\-_.,])|[ \t])[ \t]{0,4}[\"'`]{0,2}"
)
_VALUE = r"[A-Za-z0-9][A-Za-z0-9_\-.+/]{15,160}={0,2}"


def _any_of(names: Iterable[str]) -> str:
    """One of some names, by their first letters: `re` tries all alternatives one after another."""
    first = itertools.groupby(sorted(names, reverse=True), key=lambda name: name[0])
    return "|".join(
        f"{letter}(?:{'|'.join(re.escape(name[1:]) for name in each)})" for letter, each in first
    )


_KEYED = _any_of(SERVICES.split())
_API = r"(?:[_\-. ](?i:api))?"
_SHAPED_NAMES = sorted(set(" ".join(SHAPED.values()).split()), reverse=True)


def _anchors(names: Sequence[str], rest: str, count: int) -> tuple[str, ...]:
    """So many names to an expression: with fewer Hyperscan scans slower, with more compiles so."""
    return tuple(
        f"(?:{'|'.join(map(re.escape, names[at : at + count]))}){rest}"
        for at in range(0, len(names), count)
    )


_KEYED_ANCHORS = _anchors(
    sorted(SERVICES.split()),
    _WORD + r"[^A-Za-z0-9\r\n]{1,6}[A-Za-z0-9][A-Za-z0-9_\-.+/]{15}",
    320,
)
_SHAPED_ANCHORS = _anchors(sorted(_SHAPED_NAMES), r"(?:.api)?[^a-z0-9\r\n]+[a-z0-9_\-]{16}", 10)
_OWN_SHAPE = "|".join(
    f"(?i:{_any_of(names.split())}){_API}{_GIVEN}{shape}(?![A-Za-z0-9_+/=\\-])"
    for shape, names in SHAPED.items()
)

# Programs that are handed a password, each with how. What stands between is a part of one line.
_ARGUMENTS = r"[ \t](?:[^\n;|&]{0,160}[ \t\"'])?"
_SHORT = r"(?-i:-p)[ \t]{1,4}[\"']?"
_CURL = (
    rf"curl(?:\.exe)?{_ARGUMENTS}(?:-u|--user|-U|--proxy-user)[ \t=]{{0,4}}[\"']?"
    r"[^\s:\"'$<{]{0,80}:[\"']?"
)
_OPENERS = (
    _CURL,
    rf"(?:mysql|mysqladmin|mysqldump|mysqlimport|mariadb|mariadb-dump){_ARGUMENTS}(?-i:-p)[\"']?",
    r"sshpass[ \t]{1,4}(?-i:-p)[ \t]{0,4}[\"']?",
    rf"redis-cli{_ARGUMENTS}-a[ \t]{{1,4}}[\"']?",
    rf"(?:docker|podman|helm registry)[ \t]login{_ARGUMENTS}{_SHORT}",
    rf"psexec(?:\.exe|64)?{_ARGUMENTS}{_SHORT}",
    rf"(?:ldapsearch|ldapadd|ldapmodify|ldapwhoami){_ARGUMENTS}-w[ \t]{{1,4}}[\"']?",
    r"(?:-passin|-passout|-pass)[ \t]{1,4}[\"']?pass:",
)
_OPENED = "|".join(_OPENERS)
# The same for plain engines: an automaton for each program, and counts only where they tell.
_OPENED_ANCHORS = tuple(
    opener.replace("(?-i:-p)", "-p")
    .replace(_ARGUMENTS, r"[ \t](?:[^\n]*[ \t\"'])?")
    .replace("{0,80}", "*")
    + r"[^\s\"'`$<>{}]{4}"
    for opener in _OPENERS
)

# Calls whose last two arguments are a user's name and password.
_LOGINS = (
    "login|log_in|basicauth|basic_auth|networkcredential|passwordcredential|directoryentry|"
    "passwordauthentication|usernamepasswordcredentials|setbasicauth"
)

SPOKEN = (
    Kind(
        id="command-line-password",
        title="Password on a command line",
        opens="log in where the command does",
        revoke="Set a new password, and hand it over in a file or the environment: every process "
        "of the machine can read a command line.",
        format=Pattern(
            regex=rf"(?<![A-Za-z0-9_])(?i:{_OPENED})"
            r"(?P<secret>[^\s\"'`$<>{}]{4,128})",
            anchor="|".join(_OPENED_ANCHORS),
            anchor_parts=_OPENED_ANCHORS,
            literals=(
                "curl", "mysql", "mariadb", "sshpass", "-cli", " login", "psexec", "ldap", "-pass",
            ),
            samples=(
                "curl -u deploy:{alnum:20} https://git.{lower:8}.com",
                "mysqldump -h db -u app -p{alnum:20} shop",
                "sshpass -p {alnum:20} ssh ann@web1",
            ),
            is_caseless=True,
            is_password=True,
        ),
        reference="https://curl.se/docs/manpage.html#-u",
        is_often_invented=True,
    ),
    Kind(
        id="login-call-password",
        title="Password handed to a login",
        opens="log in wherever the call does",
        revoke="Set a new password there, and read it from the environment.",
        format=Pattern(
            regex=rf"(?i:{_LOGINS})\((?:[\"'][^\"'\n]{{1,80}}[\"'],\s{{0,40}})?[\"'](?P<user>[^\"'\n]{{1,80}})"
            r"[\"'],\s{0,40}[\"'](?P<secret>[^\s\"'`$<>{}]{6,128})[\"']",
            anchor=rf"(?:{_LOGINS})\([\"'][^\n]+,\s*[\"'][^\s\"'`$<>{{}}]{{6}}",
            literals=tuple(f"{name}(" for name in _LOGINS.split("|")),
            samples=('server.login("app", "{alnum:20}")', "HTTPBasicAuth('app', '{alnum:20}')"),
            is_caseless=True,
            is_password=True,
            checksum="chosen",
        ),
        reference="https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html",
        is_often_invented=True,
    ),
    Kind(
        id="named-service-key",
        title="Key of a named service",
        opens="call that service in your name and at your cost",
        revoke="Issue a new key in the settings of the service that the name before it speaks of, "
        "and revoke this one.",
        format=Pattern(
            regex=rf"(?<![A-Za-z0-9])(?<!--)(?P<name>(?i:{_KEYED})(?i:{_WORD}))"
            rf"(?P<operator>{_GIVEN})(?P<secret>{_VALUE})(?![A-Za-z0-9_+/=\-])",
            anchor="|".join(_KEYED_ANCHORS),
            anchor_parts=_KEYED_ANCHORS,
            literals=("key", "token", "secret", "access", "private", "pat"),
            samples=("# tomtom key {alnum:32}", "Shodan secret token {alnum:32}"),
            is_caseless=True,
            checksum="issued",
            is_contextual=True,
        ),
        reference="https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html",
        is_often_invented=True,
    ),
    Kind(
        id="shaped-service-key",
        title="Key after the name of its service",
        opens="call that service in your name and at your cost",
        revoke="Issue a new key in the settings of the service that the name before it speaks of, "
        "and revoke this one.",
        format=Pattern(
            regex=rf"(?<![A-Za-z0-9])(?={_OWN_SHAPE})"
            rf"(?P<name>[A-Za-z0-9]+{_API})(?P<operator>{_GIVEN})(?P<secret>{'|'.join(SHAPED)})",
            anchor="|".join(_SHAPED_ANCHORS),
            anchor_parts=_SHAPED_ANCHORS,
            literals=tuple(_SHAPED_NAMES),
            samples=("deepgram = {hex:40}", "tomtom: {hex:32}"),
            is_caseless=True,
            checksum="issued",
            is_contextual=True,
        ),
        reference="https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html",
        is_often_invented=True,
    ),
)  # fmt: skip

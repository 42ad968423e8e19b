"""The area `exposure`: files and pages that are for nobody outside, asked for by name.

Few addresses, each proven by what it holds: a site that answers 200 for everything tells
nothing by its status.
"""

from collections.abc import Iterator
from urllib.parse import urljoin

from launchready.facts.web import Request
from launchready.frozen import frozen
from launchready.model import Looked
from launchready.regex import Regex
from launchready.steps.smoke_test.inconclusive import inconclusive
from launchready.steps.smoke_test.seen import ExposedFacts
from launchready.steps.smoke_test.session import Session

_MOST = 64 << 10


@frozen
class _Bait:
    """An address, what proves that it is what its name says, and what it is in words."""

    path: str
    proof: Regex[str]
    what: str
    is_grave: bool = True


_BAITS = (
    _Bait(
        path="/.env",
        proof=Regex(r"(?m)^(?:export )?[A-Z][A-Z0-9_]{2,60}=[^\n<]{0,2000}$"),
        what="the environment file",
    ),
    _Bait(
        path="/.env.production",
        proof=Regex(r"(?m)^(?:export )?[A-Z][A-Z0-9_]{2,60}=[^\n<]{0,2000}$"),
        what="the environment file",
    ),
    _Bait(
        path="/.git/HEAD",
        proof=Regex(r"^(?:ref: refs/[\x21-\x7e]{1,200}|[0-9a-f]{40}(?:[0-9a-f]{24})?)\s*$"),
        what="the git repository, with all of the source and its history",
    ),
    _Bait(
        path="/.git/config",
        proof=Regex(r"(?m)^\[core\]\s*$"),
        what="the git repository, with all of the source and its history",
    ),
    _Bait(
        path="/.DS_Store",
        proof=Regex(r"^\x00\x00\x00\x01Bud1"),
        what="a list of the folder's files (.DS_Store)",
        is_grave=False,
    ),
    _Bait(
        path="/backup.sql",
        proof=Regex(
            r"(?im)^-- (?:PostgreSQL database|MySQL|MariaDB) dump|^CREATE TABLE |^INSERT INTO "
        ),
        what="a dump of the database",
    ),
    _Bait(
        path="/dump.sql",
        proof=Regex(
            r"(?im)^-- (?:PostgreSQL database|MySQL|MariaDB) dump|^CREATE TABLE |^INSERT INTO "
        ),
        what="a dump of the database",
    ),
    _Bait(
        path="/wp-config.php.bak",
        proof=Regex(r"define\(\s*['\"]DB_PASSWORD['\"]"),
        what="the settings of WordPress, with the database's password",
    ),
    _Bait(
        path="/server-status",
        proof=Regex(r"<title>Apache Status</title>"),
        what="Apache's status page, with the visitors' addresses",
        is_grave=False,
    ),
    _Bait(
        path="/actuator/env",
        proof=Regex(r"\"propertySources\"\s*:"),
        what="Spring Boot's environment",
    ),
    _Bait(
        path="/metrics",
        proof=Regex(r"(?m)^# (?:HELP|TYPE) [a-zA-Z_:][a-zA-Z0-9_:]* "),
        what="the metrics",
        is_grave=False,
    ),
    _Bait(
        path="/_profiler/",
        proof=Regex(r"<title>Symfony Profiler</title>"),
        what="Symfony's profiler",
    ),
    _Bait(
        path="/rails/info/routes",
        proof=Regex(r"(?i)<title>Routes</title>|id=.route_table"),
        what="Rails' list of routes for developers",
        is_grave=False,
    ),
    _Bait(
        path="/__debug__/render_panel/",
        proof=Regex(r"djDebug|djdt"),
        what="Django's debug toolbar",
        is_grave=False,
    ),
    _Bait(
        path="/phpinfo.php",
        proof=Regex(r"<title>(?:PHP [\d.]{1,20} - )?phpinfo\(\)</title>"),
        what="PHP's settings and environment (phpinfo)",
    ),
    _Bait(
        path="/storage/logs/laravel.log",
        proof=Regex(r"(?m)^\[\d{4}-\d\d-\d\d[T ][\d:.+-]{8,24}\] [\w-]{1,40}\.[A-Z]{4,9}: "),
        what="Laravel's log, with what customers sent and the secrets of errors",
    ),
    _Bait(
        path="/.aws/credentials",
        proof=Regex(r"(?im)^\s*aws_secret_access_key\s*="),
        what="the keys of an AWS account",
    ),
    _Bait(
        path="/sidekiq",
        proof=Regex(r"(?i)<title>(?:\[[^<\]]{0,60}\] )?Sidekiq</title>"),
        what="Sidekiq's page, on which jobs can be read and deleted",
    ),
    _Bait(
        path="/debug/pprof/",
        proof=Regex(r"<title>/debug/pprof/</title>"),
        what="Go's profiles (pprof), which cost the server time",
        is_grave=False,
    ),
)
_LISTING = Regex(r"<title>(?:Index of /|Directory listing for /)")
_FOLDERS = ("/static/", "/assets/", "/uploads/", "/media/")


def observe(session: Session) -> Iterator[object]:
    """Each of these that is what its name says, and folders that list their files."""
    origin = session.plan.origin
    requests = [
        Request(url=urljoin(origin, path), most_bytes=_MOST)
        for path in (*(bait.path for bait in _BAITS), *_FOLDERS)
    ]
    answers = session.client.ask_all(requests)
    yield Looked(
        name="private_addresses",
        one="address that must not be public",
        many="addresses that must not be public",
        count=sum(answer.response is not None for answer in answers),
    )
    yield from {u.reason: u for answer in answers if (u := inconclusive(answer))}.values()
    for bait, answer in zip(_BAITS, answers, strict=False):
        response = answer.response
        if (
            response is not None
            and response.status == 200
            and bait.proof.search(_text(response.body))
        ):
            yield ExposedFacts(url=response.url, what=bait.what, is_grave=bait.is_grave)
    for answer in answers[len(_BAITS) :]:
        response = answer.response
        if response is not None and response.status == 200 and _LISTING.search(response.text):
            yield ExposedFacts(
                url=response.url, what="a list of the folder's files", is_grave=False
            )


def _text(body: bytes) -> str:
    return body.decode("latin-1") if body[:4] == b"\0\0\0\1" else body.decode("utf-8", "replace")

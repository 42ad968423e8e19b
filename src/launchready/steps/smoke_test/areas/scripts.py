"""What the scripts of the pages give away, and whom they ask; a part of the area `pages`."""

from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from launchready.facts.web import Request
from launchready.model import Looked, Unchecked
from launchready.steps.smoke_test.inconclusive import inconclusive
from launchready.steps.smoke_test.plan import is_near
from launchready.steps.smoke_test.scripts.delivered import Script, script_files, scripts_in
from launchready.steps.smoke_test.scripts.facts import LocalAddressFacts, SourceMapsFacts
from launchready.steps.smoke_test.scripts.local import local_addresses
from launchready.steps.smoke_test.scripts.maps import map_address, sources_inside, sources_of
from launchready.steps.smoke_test.seen import LoadedFacts, PageFacts
from launchready.steps.smoke_test.session import MOST_OF_A_FILE, Session

_MOST_MAPS = 20


def observe_scripts(
    session: Session, pages: Iterable[PageFacts], files: Iterable[LoadedFacts]
) -> Iterator[object]:
    """Facts of the scripts in pages and files, each file once."""
    files = list(files)
    scripts = [*script_files(files)]
    for page in pages:
        scripts += scripts_in(page.response, page.page)
    if not scripts:
        return
    yield from _cut(files)
    maps = tuple(_maps(session, scripts))
    if found := tuple((script.url, there.url, own) for script, there, own in maps if own):
        yield SourceMapsFacts(page=session.plan.url, maps=found)
    if not is_near(session.plan.host):
        for script in scripts:
            yield from _local(script)
    from launchready.steps.smoke_test.scripts.secrets import secrets_in

    outside = (there for _, there, own in maps if own and there.url)
    yield from secrets_in((*scripts, *outside))
    yield Looked(name="scripts", one="script read", many="scripts read", count=len(scripts))


def _cut(files: Iterable[LoadedFacts]) -> Iterator[Unchecked]:
    for each in files:
        response = each.journey.last.response
        if each.kind == "script" and response is not None and response.is_cut:
            yield Unchecked(
                target=response.url,
                reason=f"only the first {len(response.body) >> 10:,} KiB of it were looked at",
                hint="split the bundle; visitors wait for all of it",
            )


def _maps(session: Session, scripts: Iterable[Script]) -> Iterator[tuple[Script, Script, int]]:
    """Each script with its map, as far as one was found, and how many own sources that holds.

    A map inside the script has no address.
    """
    places: dict[str, Script] = {}
    for script in scripts:
        if own := sources_inside(script):
            yield script, Script(url="", text=""), own
        url = map_address(script)
        if url is not None and urlsplit(url).hostname in session.plan.hosts:
            places.setdefault(url, script)
    urls = list(places)[:_MOST_MAPS]
    requests = (Request(url=url, most_bytes=MOST_OF_A_FILE) for url in urls)
    for url, answer in zip(urls, session.client.ask_all(requests), strict=True):
        response = answer.response
        if response is None or response.status != 200 or inconclusive(answer):
            continue
        if response.media_type != "text/html":
            there = Script(url=url, text=response.text)
            yield places[url], there, _sources(there.text, is_cut=response.is_cut)


def _sources(text: str, *, is_cut: bool) -> int:
    if is_cut:  # no JSON any more, but its beginning tells
        return int('"sourcesContent":["' in text and '"sources":[' in text)
    return sources_of(text) or 0


def _local(script: Script) -> Iterator[LocalAddressFacts]:
    found = list(local_addresses(script))
    if found:
        first = found[0]
        yield LocalAddressFacts(
            url=script.url,
            address=first.address,
            line=first.line,
            column=first.column,
            is_direct=first.is_direct,
            places=len(found),
        )

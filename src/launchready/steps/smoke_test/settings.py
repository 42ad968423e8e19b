"""The settings of smoke-test. What the site is meant to be stands in the section `site`."""

import dataclasses
import enum
from collections.abc import Mapping

from launchready.config.setting import Surface, setting
from launchready.frozen import frozen
from launchready.site import RESOLVE, URL, Site

_EVERYWHERE = Surface.FILE | Surface.OPTION | Surface.INPUT


class Area(enum.Enum):
    """What is looked at; each may be left out."""

    ROUTES = "routes"
    UNKNOWN = "unknown"
    RELEASE = "release"
    REDIRECTS = "redirects"
    TLS = "tls"
    PAGES = "pages"
    CACHE = "cache"
    EXPOSURE = "exposure"
    LATENCY = "latency"
    LOAD = "load"
    BROWSER = "browser"


@frozen
class SmokeTestSettings:
    """What is asked of the live site in this run."""

    site: Site = dataclasses.field(default=Site())
    url: str | None = setting(
        "The address to test, in place of `site.url`: a preview, or a site without any config.",
        default=None,
        pattern=URL,
        takes="a URL such as https://www.example.com",
        surfaces=Surface.OPTION | Surface.INPUT,
        is_argument=True,
        metavar="URL",
        examples=("https://preview-12.example.com/", "http://localhost:3000"),
    )
    release: str | None = setting(
        "The commit or version that must be live.",
        default=None,
        surfaces=Surface.OPTION | Surface.INPUT,
        metavar="COMMIT",
    )
    wait: int = setting(
        "Seconds to wait for the release to be live on every address, or for the site to answer.",
        default=0,
        minimum=0,
        maximum=3600,
        surfaces=_EVERYWHERE,
    )
    resolve: tuple[str, ...] = setting(
        "Ask this address for a host, as HOST:PORT:ADDRESS, before DNS points to it; where it"
        " listens elsewhere, HOST:PORT:ADDRESS:PORT.",
        default=(),
        pattern=RESOLVE,
        takes="HOST:PORT:ADDRESS",
        surfaces=Surface.OPTION | Surface.INPUT,
        metavar="HOST:PORT:ADDRESS",
        examples=(
            ("www.example.com:443:203.0.113.7",),
            ("www.example.com:443:[2001:db8::7]:8443",),
        ),
    )
    headers: Mapping[str, str] = setting(
        "Header fields to send with every request, such as the one that lets a preview through.",
        default={},
        interpolates=True,
        is_secret=True,
        examples=({"x-vercel-protection-bypass": "${BYPASS:-}"},),
    )
    skip: tuple[Area, ...] = setting(
        "Areas that are left out.", default=(), examples=((Area.EXPOSURE,),), surfaces=_EVERYWHERE
    )
    fail_fast: bool = setting(
        "Stop when a critical route fails; what was not reached is told.",
        default=False,
        surfaces=_EVERYWHERE,
    )
    max_requests: int = setting(
        "The most requests of a run, latency and load aside.", default=400, minimum=1
    )
    timeout: float = setting(
        "Seconds that one request may take.", default=10.0, minimum=0.1, maximum=300
    )
    retries: int = setting(
        "How often a request that failed for the moment is made again; a pass after that is told"
        " as flaky.",
        default=1,
        minimum=0,
        maximum=5,
    )
    ca_file: str | None = setting(
        "File with further certification authorities, in PEM.",
        default=None,
        surfaces=Surface.FILE | Surface.OPTION,
        metavar="FILE",
    )
    latency: bool = setting(
        "Measure the latency of the routes: 100 requests each, judged by their budgets and by"
        " earlier runs.",
        default=False,
        surfaces=_EVERYWHERE,
    )
    latency_history: str | None = setting(
        "File in which the samples of good runs are kept, to compare with.",
        default=None,
        surfaces=_EVERYWHERE,
        metavar="FILE",
    )
    latency_control: str | None = setting(
        "Path of a static file that is asked between the routes, so that what the runner's network"
        " does is told from what the site does. Without it, `/favicon.ico`, `/robots.txt` or a"
        " script of the home page.",
        default=None,
        pattern=r"^/[^\s#]*$(?!\n)",
        takes="a path that begins with `/`",
        examples=("/static/logo.svg",),
    )
    load: int = setting(
        "Visitors at once for a short load test of the routes; 0 for none. Tell your host before.",
        default=0,
        minimum=0,
        maximum=100,
        surfaces=_EVERYWHERE,
        metavar="VISITORS",
    )
    browser: bool = setting(
        "Open the public pages in Chromium as well.", default=False, surfaces=_EVERYWHERE
    )

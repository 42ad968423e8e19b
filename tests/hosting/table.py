"""One row for every host that is asked over HTTP."""

from collections.abc import Callable
from dataclasses import dataclass

from launchready.facts.releases import Standing
from launchready.facts.secret import Hidden
from launchready.gateways.github_api import github as github_plane
from launchready.gateways.hosting.cloud_run import CloudRun, CloudRunSettings
from launchready.gateways.hosting.coolify import Coolify, CoolifySettings
from launchready.gateways.hosting.generic_http import (
    Answer,
    GenericHttp,
    HttpSettings,
    Request,
    plane_of,
)
from launchready.gateways.hosting.github_dispatch import Github, GithubSettings
from launchready.gateways.hosting.heroku import HEADERS, Heroku, HerokuSettings
from launchready.gateways.hosting.netlify import Netlify, NetlifySettings
from launchready.gateways.hosting.pages import Pages, PagesSettings
from launchready.gateways.hosting.plane import Plane
from launchready.gateways.hosting.provider import Provider
from launchready.gateways.hosting.railway import Railway, RailwaySettings
from launchready.gateways.hosting.render import Render, RenderSettings
from launchready.gateways.hosting.vercel import Vercel, VercelSettings
from launchready.gateways.hosting.workers import Workers, WorkersSettings
from tests.hosting.fake import State
from tests.hosting.fakes.cloud_run import CloudRunState
from tests.hosting.fakes.coolify import CoolifyState
from tests.hosting.fakes.github_dispatch import GithubState
from tests.hosting.fakes.heroku import HerokuState
from tests.hosting.fakes.http import HttpState
from tests.hosting.fakes.netlify import NetlifyState
from tests.hosting.fakes.pages import PagesState
from tests.hosting.fakes.railway import RailwayState
from tests.hosting.fakes.render import RenderState
from tests.hosting.fakes.vercel import VercelState
from tests.hosting.fakes.workers import WorkersState


@dataclass(frozen=True)
class Row:
    """How a host is met. `reads` is the operation by which `current` reads, `goes_back` the one
    that rolls back. `stuck` and `idle` are what it says of a rollback that never ends, and of one
    that is said to be done and is not. `unasked` are operations of the contract that the way back
    does not need. `cancels` and `pins` say whether the host can be asked to. `unfit` are
    deployments that are there, and that nobody must go back to.
    """

    name: str
    state: type[State]
    opened: Callable[[str, Hidden], Provider]
    reads: str
    goes_back: str
    stuck: Standing = Standing.PENDING
    idle: Standing = Standing.NOT_TAKEN
    unasked: frozenset[str] = frozenset()
    cancels: bool = True
    pins: bool = True
    unfit: tuple[str, ...] = ()


def vercel(address: str, token: Hidden) -> Provider:
    settings = VercelSettings(project="prj_shop", team="team_shop", api=address)
    return Vercel(Plane(address, token, pause_seconds=0), settings)


def netlify(address: str, token: Hidden) -> Provider:
    settings = NetlifySettings(site="shop.netlify.app", api=address)
    return Netlify(Plane(address, token, pause_seconds=0), settings)


def render(address: str, token: Hidden) -> Provider:
    settings = RenderSettings(service="srv-shop", api=address)
    return Render(Plane(address, token, pause_seconds=0), settings)


def heroku(address: str, token: Hidden) -> Provider:
    settings = HerokuSettings(app="shop", api=address)
    return Heroku(Plane(address, token, headers=HEADERS, pause_seconds=0), settings)


def pages(address: str, token: Hidden) -> Provider:
    settings = PagesSettings(account="acc", project="shop", api=address)
    return Pages(Plane(address, token, pause_seconds=0), settings)


def workers(address: str, token: Hidden) -> Provider:
    settings = WorkersSettings(account="acc", script="shop", api=address)
    return Workers(Plane(address, token, pause_seconds=0), settings)


def railway(address: str, token: Hidden) -> Provider:
    settings = RailwaySettings(project="prj", environment="env", service="svc", api=address)
    return Railway(Plane(address, token, pause_seconds=0), settings)


def http(address: str, token: Hidden) -> Provider:
    shape = {"id": "number", "commit": "sha", "created": "at"}
    settings = HttpSettings(
        api=address,
        header="X-Deploy-Key: {token}",
        current=Answer(path="/apps/shop", id="live.number", commit="live.sha", created="live.at"),
        releases=Answer(path="/apps/shop/releases", **shape),
        under_way=Answer(path="/apps/shop/builds", list="running", **shape),
        cancel=Request(method="DELETE", path="/apps/shop/builds/{id}"),
        roll_back=Request(
            path="/apps/shop/rollback", json={"release": "{id}", "reason": "bad: {why}"}
        ),
        pin=Request(method="PUT", path="/apps/shop/freeze", repeatable=True),
        unpin=Request(method="DELETE", path="/apps/shop/freeze", repeatable=True),
    )
    return GenericHttp(plane_of(settings, token, pause_seconds=0), settings)


def cloud_run(address: str, token: Hidden) -> Provider:
    settings = CloudRunSettings(project="shop", region="europe-west1", service="web")
    return CloudRun(Plane(address, token, pause_seconds=0), settings)


def coolify(address: str, token: Hidden) -> Provider:
    settings = CoolifySettings(application="app1")
    return Coolify(Plane(address, token, pause_seconds=0), settings)


def github(address: str, token: Hidden) -> Provider:
    settings = GithubSettings(workflow="deploy.yml")
    plane = github_plane(address, token, pause_seconds=0)
    return Github(plane, settings, "shop/shop")


ROWS = (
    Row("vercel", VercelState, vercel, reads="get_project", goes_back="request_rollback"),
    Row(
        "netlify",
        NetlifyState,
        netlify,
        reads="get_site",
        goes_back="restore_site_deploy",
        stuck=Standing.NOT_TAKEN,  # a restore is done or it is not
        unfit=("6b00view", "rel_next"),
    ),
    Row(
        "render",
        RenderState,
        render,
        reads="list_deploys",
        goes_back="rollback_deploy",
        unfit=("rel_next",),
    ),
    Row(
        "heroku",
        HerokuState,
        heroku,
        reads="release_list",
        goes_back="release_rollback",
        pins=False,
    ),
    Row(
        "pages",
        PagesState,
        pages,
        reads="get_project",
        goes_back="rollback_deployment",
        stuck=Standing.NOT_TAKEN,
        cancels=False,
        unfit=("0d00-view", "0c00-odd"),
    ),
    Row(
        "workers",
        WorkersState,
        workers,
        reads="list_deployments",
        goes_back="create_deployment",
        cancels=False,
        pins=False,
    ),
    Row(
        "railway",
        RailwayState,
        railway,
        reads="active",
        goes_back="back",
        unfit=("rel_next",),
    ),
    Row(
        "http",
        HttpState,
        http,
        reads="current",
        goes_back="rollback",
        stuck=Standing.NOT_TAKEN,  # nothing tells that work is under way
    ),
    Row(
        "github_dispatch",
        GithubState,
        github,
        reads="list_runs",
        goes_back="dispatch_workflow",
        unasked=frozenset(("dispatch_repository",)),
    ),
    Row(
        "cloud_run",
        CloudRunState,
        cloud_run,
        reads="get_service",
        goes_back="patch_service",
        cancels=False,
    ),
    Row("coolify", CoolifyState, coolify, reads="list_images", goes_back="rollback"),
)

"""The explicit list of hosts: a field of the settings and a row of the table for each."""

import dataclasses
from collections.abc import Callable, Mapping
from typing import Any

from launchready.config.setting import setting
from launchready.errors import LaunchReadyError
from launchready.frozen import frozen
from launchready.gateways.hosting.aws_lambda import LambdaSettings, open_lambda
from launchready.gateways.hosting.cloud_run import CloudRunSettings, open_cloud_run
from launchready.gateways.hosting.coolify import CoolifySettings, open_coolify
from launchready.gateways.hosting.generic_command import CommandSettings, open_command
from launchready.gateways.hosting.generic_http import HttpSettings, open_http
from launchready.gateways.hosting.github_dispatch import GithubSettings, open_github
from launchready.gateways.hosting.heroku import HerokuSettings, open_heroku
from launchready.gateways.hosting.kamal import KamalSettings, open_kamal
from launchready.gateways.hosting.kubernetes import KubernetesSettings, open_kubernetes
from launchready.gateways.hosting.netlify import NetlifySettings, open_netlify
from launchready.gateways.hosting.pages import PagesSettings, open_pages
from launchready.gateways.hosting.provider import Provider
from launchready.gateways.hosting.railway import RailwaySettings, open_railway
from launchready.gateways.hosting.render import RenderSettings, open_render
from launchready.gateways.hosting.vercel import VercelSettings, open_vercel
from launchready.gateways.hosting.workers import WorkersSettings, open_workers


@frozen
class Host:
    """Where the product runs: exactly one of these."""

    vercel: VercelSettings | None = setting("A project at Vercel.", default=None)
    netlify: NetlifySettings | None = setting("A site at Netlify.", default=None)
    render: RenderSettings | None = setting("A service at Render.", default=None)
    heroku: HerokuSettings | None = setting("An app at Heroku.", default=None)
    cloudflare_pages: PagesSettings | None = setting("A project at Cloudflare Pages.", default=None)
    cloudflare_workers: WorkersSettings | None = setting(
        "A script at Cloudflare Workers.", default=None
    )
    railway: RailwaySettings | None = setting("A service at Railway.", default=None)
    http: HttpSettings | None = setting(
        "Any other host, or an endpoint of your own: the calls are written here.", default=None
    )
    github: GithubSettings | None = setting(
        "A workflow of GitHub Actions that deploys the commit that it is told.", default=None
    )
    kubernetes: KubernetesSettings | None = setting(
        "A Deployment of Kubernetes, by `kubectl`.", default=None
    )
    kamal: KamalSettings | None = setting("An app that Kamal deploys.", default=None)
    coolify: CoolifySettings | None = setting("An application at Coolify.", default=None)
    cloud_run: CloudRunSettings | None = setting("A service of Cloud Run.", default=None)
    aws_lambda: LambdaSettings | None = setting("An alias of AWS Lambda.", default=None)
    command: CommandSettings | None = setting(
        "Any other host, by programs of your own: the commands are written here.", default=None
    )


OPENERS: Mapping[str, Callable[[Any, Mapping[str, str]], Provider]] = {
    "vercel": open_vercel,
    "netlify": open_netlify,
    "render": open_render,
    "heroku": open_heroku,
    "cloudflare_pages": open_pages,
    "cloudflare_workers": open_workers,
    "railway": open_railway,
    "http": open_http,
    "github": open_github,
    "kubernetes": open_kubernetes,
    "kamal": open_kamal,
    "coolify": open_coolify,
    "cloud_run": open_cloud_run,
    "aws_lambda": open_lambda,
    "command": open_command,
}


def named(host: Host) -> tuple[str, ...]:
    """The hosts that are set; more or less than one is a fault."""
    return tuple(each.name for each in dataclasses.fields(host) if getattr(host, each.name))


def open_host(host: Host, environ: Mapping[str, str]) -> Provider:
    """The provider that the settings name. Raises LaunchReadyError."""
    names = named(host)
    if len(names) != 1:
        said = f"names {' and '.join(names)}" if names else "names none"
        raise LaunchReadyError(
            f"rollback.host must name exactly one host, and {said}",
            hint=f"set one of: {', '.join(OPENERS).replace('_', '-')}",
        )
    return OPENERS[names[0]](getattr(host, names[0]), environ)

"""Opens the ledger that the settings name, and tells who is at work."""

import getpass
import re
import socket
from collections.abc import Mapping

from launchready.gateways import Gateways
from launchready.gateways.git_process import GitProcess
from launchready.gateways.ledger import Store
from launchready.gateways.ledger.branch import BranchStore
from launchready.gateways.ledger.file import FileStore
from launchready.steps.rollback.settings import RollbackSettings

_UNFIT = re.compile(r"[^A-Za-z0-9@._/:-]+")


def open_store(settings: RollbackSettings, gateways: Gateways) -> Store:
    """A file where one is named, else the branch."""
    if settings.ledger:
        return FileStore(gateways.root / settings.ledger)
    process = GitProcess(folder=gateways.root, trust_owner=gateways.is_ci)
    return BranchStore(process, settings.ledger_branch)


def who_runs(environ: Mapping[str, str]) -> str:
    """A workflow's run, the same when it is run again; else the person and the machine."""
    if environ.get("GITHUB_RUN_ID"):
        actor = environ.get("GITHUB_ACTOR", "")
        told = f"{actor}/{environ.get('GITHUB_REPOSITORY', '')}/runs/{environ['GITHUB_RUN_ID']}"
    elif environ.get("CI_PIPELINE_ID"):
        told = f"{environ.get('GITLAB_USER_LOGIN', '')}/pipelines/{environ['CI_PIPELINE_ID']}"
    else:
        told = f"{_user()}@{socket.gethostname()}"
    return _UNFIT.sub("-", told)[:120]


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # a container's user has no name
        return "somebody"

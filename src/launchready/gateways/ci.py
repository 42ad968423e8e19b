"""Reads what GitHub Actions and GitLab CI say of the run, and writes the runner's files.

Sources: https://docs.github.com/actions/reference/variables-reference, the webhook payloads at
https://docs.github.com/webhooks/webhook-events-and-payloads, and
https://docs.gitlab.com/ci/variables/predefined_variables/.
"""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from launchready.errors import LaunchReadyError
from launchready.facts.ci import CiFacts
from launchready.regex import Regex

_MOST_SUMMARY_BYTES = 1024 * 1024
_COMMIT = Regex(r"[0-9a-f]{40,64}")
_URL = Regex(r"https?://[A-Za-z0-9.:-]+/[A-Za-z0-9._/-]+")


def observe_ci(environ: Mapping[str, str]) -> CiFacts:
    """What the environment and GitHub's event file say; what is missing or odd reads as unknown."""
    if environ.get("GITHUB_ACTIONS") == "true":
        return _observe_github(environ)
    if environ.get("GITLAB_CI") == "true":
        return _observe_gitlab(environ)
    return CiFacts(name="other" if environ.get("CI", "") not in ("", "0", "false") else "")


def why_untrusted(environ: Mapping[str, str]) -> str:
    """Why what is examined may be a stranger's, who must not decide what is sent where; empty if
    it is known to be this repository's own, or a person's on their machine.
    """
    if environ.get("GITHUB_ACTIONS") == "true":
        return _why_untrusted_github(environ)
    if environ.get("GITLAB_CI") == "true":
        return _why_untrusted_gitlab(environ)
    if observe_ci(environ).is_ci:
        return "this CI system does not tell whether the change is a stranger's"
    return ""


def write_outputs(path: Path, outputs: Mapping[str, str]) -> None:
    """Append step outputs in the runner's multi-line form, with a delimiter nobody can guess.

    Raises LaunchReadyError.

    https://docs.github.com/actions/reference/workflow-commands-for-github-actions#environment-files
    """
    delimiter = f"ghadelimiter_{os.urandom(16).hex()}"
    lines = [f"{key}<<{delimiter}\n{value}\n{delimiter}\n" for key, value in outputs.items()]
    _append(path, "".join(lines), "GITHUB_OUTPUT")


def write_summary(path: Path, chunks: Iterable[str]) -> None:
    """Append to the job summary, in UTF-8, as one write. Raises LaunchReadyError.

    The runner drops a step's whole summary when it is over 1 MiB (FileCommandManager.cs), so where
    the step has filled it already, only the first line, the verdict, is added.
    """
    text = "".join(chunks)
    written = path.stat().st_size if path.exists() else 0
    if written + len(text.encode()) > _MOST_SUMMARY_BYTES:
        text = f"{text.partition(chr(10))[0]}\n\nThis job summary is full: the log has the rest.\n"
    _append(path, text, "GITHUB_STEP_SUMMARY")


def _append(path: Path, text: str, variable: str) -> None:
    try:
        with path.open("a", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        raise LaunchReadyError(
            f"cannot write the file that {variable} names: {error.strerror}",
            hint=f"let the runner set {variable}, or unset it",
        ) from error


def _observe_github(environ: Mapping[str, str]) -> CiFacts:
    event = environ.get("GITHUB_EVENT_NAME", "")
    payload = _payload(environ.get("GITHUB_EVENT_PATH", ""))
    server = environ.get("GITHUB_SERVER_URL", "")
    repository = environ.get("GITHUB_REPOSITORY", "")
    return CiFacts(
        name="github",
        event=event,
        base=_commit(_github_base(event, payload)),
        repository_url=_url(f"{server}/{repository}"),
        workspace=_path(environ, "GITHUB_WORKSPACE"),
        summary_path=_path(environ, "GITHUB_STEP_SUMMARY"),
        outputs_path=_path(environ, "GITHUB_OUTPUT"),
    )


def _github_base(event: str, payload: Any) -> Any:
    """The commit that a proposed change starts from; pushes and schedules propose none."""
    if event in ("pull_request", "pull_request_target"):
        return _member(payload, "pull_request", "base", "sha")
    if event == "merge_group":
        return _member(payload, "merge_group", "base_sha")
    return None


# Events that only bring what this repository has already taken in, or been told to do by those who
# may write to it.
_OWN_EVENTS = frozenset({"push", "schedule", "workflow_dispatch", "repository_dispatch", "release"})


def _why_untrusted_github(environ: Mapping[str, str]) -> str:
    event = environ.get("GITHUB_EVENT_NAME", "")
    if event in _OWN_EVENTS:
        return ""
    payload = _payload(environ.get("GITHUB_EVENT_PATH", ""))
    own = _member(payload, "repository", "full_name")
    match event:
        case "pull_request":
            head = _member(payload, "pull_request", "head", "repo", "full_name")
            return "" if own and head == own else "this is a pull request from a fork"
        case "workflow_run":
            head = _member(payload, "workflow_run", "head_repository", "full_name")
            return "" if own and head == own else "this run follows one of a fork"
    return f"a workflow that {event or 'something unknown'} starts may hold a stranger's change"


def _why_untrusted_gitlab(environ: Mapping[str, str]) -> str:
    match environ.get("CI_PIPELINE_SOURCE", ""):
        case "merge_request_event":
            source = environ.get("CI_MERGE_REQUEST_SOURCE_PROJECT_ID", "")
            own = environ.get("CI_PROJECT_ID", "")
            return "" if own and source == own else "this is a merge request from a fork"
        case "push" | "schedule" | "web" | "api":
            return ""
    return "this pipeline may hold a stranger's change"


def _observe_gitlab(environ: Mapping[str, str]) -> CiFacts:
    return CiFacts(
        name="gitlab",
        event=environ.get("CI_PIPELINE_SOURCE", ""),
        base=_commit(environ.get("CI_MERGE_REQUEST_DIFF_BASE_SHA")),
        repository_url=_url(environ.get("CI_PROJECT_URL", "")),
    )


def _payload(path: str) -> Any:
    try:
        import json

        return json.loads(Path(path).read_bytes())
    except (OSError, ValueError):
        return None


def _member(value: Any, *keys: str) -> Any:
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def _commit(value: Any) -> str | None:
    is_commit = isinstance(value, str) and _COMMIT.fullmatch(value) and set(value) != {"0"}
    return value if is_commit else None


def _url(text: str) -> str | None:
    return text if _URL.fullmatch(text) else None


def _path(environ: Mapping[str, str], name: str) -> Path | None:
    return Path(environ[name]) if environ.get(name) else None

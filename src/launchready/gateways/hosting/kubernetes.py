"""Kubernetes: `kubectl rollout undo` of a Deployment, to the revision that a ReplicaSet has now.

Sources: https://kubernetes.io/docs/concepts/workloads/controllers/deployment and the reference of
kubectl. A revision's number is no name to remember: going back gives the old ReplicaSet a new
number, and its old one is nobody's then. So a release is its ReplicaSet, whose name comes from the
pod template, and the number is looked up when it is needed.
"""

import re
from collections.abc import Mapping
from typing import Any

from launchready.config.setting import setting
from launchready.facts.releases import Confirmation, Deployment, DeploymentState, Standing
from launchready.frozen import frozen
from launchready.gateways.hosting.calls import Command, Effect
from launchready.gateways.hosting.errors import HostError, Trouble
from launchready.gateways.hosting.programs import Programs, asking, malformed
from launchready.gateways.hosting.provider import Provider, Traits
from launchready.gateways.hosting.reading import at, moment, optional

_REVISION = "deployment.kubernetes.io/revision"
_COMMIT = re.compile(r"(?<![0-9a-f])[0-9a-f]{40}(?![0-9a-f])")
_NAME = r"^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$(?!\n)"

TRAITS = Traits(
    title="Kubernetes",
    warnings=(
        "ConfigMaps and Secrets do not go back with the pods.",
        "While it is paused nothing is rolled out, and what is applied goes live with the undo.",
        "Argo CD and Flux put the bad manifest back: revert it in git too, or pause them.",
        "Only as many revisions are kept as `revisionHistoryLimit` says.",
    ),
)


@frozen
class KubernetesSettings:
    """A Deployment, reached by `kubectl` with the kubeconfig of the environment."""

    deployment: str = setting(
        "The Deployment's name.",
        pattern=_NAME,
        takes="a name as Kubernetes has it",
        examples=("web",),
    )
    namespace: str = setting(
        "Its namespace.", default="default", pattern=_NAME, takes="a name as Kubernetes has it"
    )
    context: str = setting(
        "The kubeconfig's context; empty is the current one.",
        default="",
        pattern=r"^([^\s-]\S*)?$(?!\n)",
        takes="a context's name",
    )
    commit: str = setting(
        "The label or annotation of the pod template with the commit; without it the image's tag"
        " is looked at.",
        default="",
        examples=("app.kubernetes.io/version",),
    )


def open_kubernetes(settings: KubernetesSettings, environ: Mapping[str, str]) -> Provider:
    """The Deployment, asked by kubectl."""
    return Kubernetes(Programs(environ), settings)


class Kubernetes:
    """One Deployment."""

    traits = TRAITS

    def __init__(self, programs: Programs, settings: KubernetesSettings) -> None:
        self._programs = programs
        self._settings = settings
        self._numbers: dict[str, str] = {}

    def current(self) -> Deployment:
        return self._live(self._asked(), self._sets())

    def target(self, deployment: str, commit: str) -> Deployment:
        for found in map(self._release, self._sets()):
            if found.id == deployment or (not deployment and commit and found.commit == commit):
                return found
        words = "no ReplicaSet of it is kept"
        raise HostError(Trouble.NOT_FOUND, call=self._listing().shown, words=words)

    def in_flight(self) -> tuple[Deployment, ...]:
        """None: a rollout is one of what is current already, and going back replaces it."""
        return ()

    def cancel(self, deployment: Deployment) -> tuple[Effect, ...]:
        return ()

    def roll_back(self, target: Deployment, why: str) -> tuple[Effect, ...]:
        """By the number that the release has now; kubectl refuses one that is nobody's, and the
        word where it was not looked up.
        """
        words = "roll the pods back to the target's revision"
        number = self._numbers.get(target.id, "REVISION")
        return (self._changing("undo", words, f"--to-revision={number}"),)

    def confirm(self, target: Deployment, ticket: str) -> Confirmation:
        asked, sets = self._asked(), self._sets()
        live, is_pinned = self._live(asked, sets), at(asked, "spec.paused") is True
        if live.id != target.id:
            return Confirmation(standing=Standing.NOT_TAKEN, live=live, is_pinned=is_pinned)
        standing, words = _progress(asked)
        return Confirmation(standing=standing, live=live, is_pinned=is_pinned, words=words)

    def pin(self, live: Deployment) -> tuple[Effect, ...]:
        return (self._changing("pause", "keep new manifests from being rolled out"),)

    def unpin(self, live: Deployment) -> tuple[Effect, ...]:
        return (self._changing("resume", "let new manifests be rolled out again"),)

    def perform(self, effect: Effect) -> str:
        assert isinstance(effect, Command), effect  # noqa: S101 - it makes no others
        self._programs.run(effect)
        return ""

    def _asked(self) -> dict[str, Any]:
        return self._programs.ask(self._reading("deployment", self._settings.deployment))

    def _sets(self) -> list[dict[str, Any]]:
        """The ReplicaSets that it has, the newest revision first; their numbers are kept."""
        command = self._listing()
        found = at(self._programs.ask(command), "items")
        if not isinstance(found, list):
            raise malformed(command, "`items` is no list")
        own = [each for each in found if self._is_own(each) and _revision(each)]
        self._numbers = {optional(each, "metadata.name"): str(_revision(each)) for each in own}
        return sorted(own, key=_revision, reverse=True)

    def _is_own(self, found: Any) -> bool:
        owner = at(found, "metadata.ownerReferences[0]")
        of = (optional(owner, "kind"), optional(owner, "name"))
        return of == ("Deployment", self._settings.deployment)

    def _live(self, asked: dict[str, Any], sets: list[dict[str, Any]]) -> Deployment:
        number = _revision(asked)
        for each in sets:
            if number and _revision(each) == number:
                return self._release(each)
        raise malformed(self._listing(), "no ReplicaSet has the Deployment's revision")

    def _release(self, found: dict[str, Any]) -> Deployment:
        name = optional(found, "metadata.name")
        return Deployment(
            id=name,
            commit=self._commit(found),
            state=DeploymentState.READY,
            created=moment(at(found, "metadata.creationTimestamp")),
        )

    def _commit(self, found: dict[str, Any]) -> str:
        if self._settings.commit:
            meta = at(found, "spec.template.metadata")
            held = {**(at(meta, "annotations") or {}), **(at(meta, "labels") or {})}
            given = held.get(self._settings.commit)
            return given if isinstance(given, str) else ""
        named = _COMMIT.search(optional(found, "spec.template.spec.containers[0].image"))
        return named[0] if named else ""

    def _listing(self) -> Command:
        return self._reading("replicasets")

    def _reading(self, *what: str) -> Command:
        return asking(*self._kubectl, "get", *what, "--output=json")

    def _changing(self, verb: str, words: str, *more: str) -> Command:
        name = f"deployment/{self._settings.deployment}"
        arguments = (*self._kubectl, "rollout", verb, name, *more)
        return Command(arguments=arguments, is_harmless=True, words=words)

    @property
    def _kubectl(self) -> tuple[str, ...]:
        context = self._settings.context
        chosen = (f"--context={context}",) if context else ()
        return ("kubectl", *chosen, f"--namespace={self._settings.namespace}")


def _revision(found: Any) -> int:
    """The number of a revision; 0 for none."""
    annotations = at(found, "metadata.annotations")
    given = annotations.get(_REVISION) if isinstance(annotations, Mapping) else None
    is_number = isinstance(given, str) and given.isascii() and given.isdigit()
    return int(given) if isinstance(given, str) and is_number else 0


def _progress(asked: dict[str, Any]) -> tuple[Standing, str]:
    """How far a rollout is, as `kubectl rollout status` tells it."""
    for each in at(asked, "status.conditions") or ():
        if at(each, "reason") == "ProgressDeadlineExceeded":
            return Standing.FAILED, "the rollout exceeded its progress deadline"
    wanted, pods = _count(asked, "spec.replicas", 1), _count(asked, "status.replicas")
    updated = _count(asked, "status.updatedReplicas")
    available = _count(asked, "status.availableReplicas")
    is_seen = _count(asked, "status.observedGeneration") >= _count(asked, "metadata.generation")
    is_done = is_seen and updated >= wanted and pods <= updated and available >= updated
    words = f"{updated} of {wanted} pods are of it, {available} available"
    return (Standing.LIVE if is_done else Standing.PENDING), words


def _count(asked: dict[str, Any], path: str, default: int = 0) -> int:
    found = at(asked, path)
    return found if isinstance(found, int) else default

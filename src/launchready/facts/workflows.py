"""What workflows of GitHub Actions do with secrets: who gets which, in which job, and how."""

import enum
from dataclasses import field

from launchready.facts.environment import Environment
from launchready.frozen import frozen
from launchready.model import FileLocation


class Where(enum.Enum):
    """The part of a workflow in which a secret is named."""

    WORKFLOW = "the workflow's env"
    JOB = "the job's env"
    STEP = "the step's env"
    INPUT = "an action's input"
    RUN = "a command"
    CONDITION = "a condition"
    CALL = "a call of another workflow"
    CONTAINER = "a container's settings"


@frozen
class SecretUse:
    """`${{ secrets.NAME }}` at a place; `name` is empty where all are taken, as by
    `toJSON(secrets)`. `key` is the variable or input that gets it.
    """

    name: str
    where: Where
    location: FileLocation
    key: str = ""


@frozen
class Line:
    """One command line, joined with those that continue it. `location` is where it begins."""

    text: str = field(repr=False)
    location: FileLocation


@frozen
class StepFacts:
    """One step. `inputs` are its `with`, as written."""

    location: FileLocation
    uses: str = ""
    lines: tuple[Line, ...] = ()
    inputs: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    secrets: tuple[SecretUse, ...] = ()


@frozen
class JobFacts:
    """One job. `environment` is the one that it names, or else that its name tells;
    `is_protected` whether it names one by `environment:`, which GitHub gives secrets of its own.
    `calls` is the workflow it calls, `inherits` where it hands on all secrets.
    """

    id: str
    name: str
    location: FileLocation
    environment: Environment | None = None
    is_protected: bool = False
    environment_text: str = ""
    condition: str = ""
    calls: str = ""
    inherits: FileLocation | None = None
    steps: tuple[StepFacts, ...] = ()
    secrets: tuple[SecretUse, ...] = ()

    @property
    def all_secrets(self) -> tuple[SecretUse, ...]:
        """The job's own and its steps'."""
        return (*self.secrets, *(use for step in self.steps for use in step.secrets))


@frozen
class WorkflowFacts:
    """One workflow. `triggers` are the names under `on`, `branches` those of its `push`, `types`
    those of its `pull_request`, none where it names none.
    `secrets` are those of its own `env`.
    """

    path: str
    name: str
    triggers: frozenset[str]
    branches: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    environment: Environment | None = None
    jobs: tuple[JobFacts, ...] = ()
    secrets: tuple[SecretUse, ...] = ()


@frozen
class WorkflowsFacts:
    """All workflows of a repository, for rules that compare them."""

    workflows: tuple[WorkflowFacts, ...]


@frozen
class ScriptFacts:
    """A shell script beside the workflows, by its command lines."""

    path: str
    lines: tuple[Line, ...]

"""What container images are made of, as far as variables and files that hold them go."""

from launchready.facts.environment import Declaration, Environment, Kind
from launchready.frozen import frozen
from launchready.model import FileLocation


@frozen
class Variable:
    """An ARG or ENV of a Dockerfile. `is_delivered` says that who has the image can read it: it
    stands in the last stage or in one that the last is made of.
    """

    declaration: Declaration
    is_env: bool
    is_delivered: bool


@frozen
class Copy:
    """A source of COPY or ADD, as it is written, that comes out of the build's context."""

    source: str
    location: FileLocation
    is_delivered: bool


@frozen
class ImageFacts:
    """One Dockerfile. `silenced` is whether it asks BuildKit not to judge its variables' names
    (`# check=skip=SecretsUsedInArgOrEnv`).
    """

    path: str
    environment: Environment | None = None
    variables: tuple[Variable, ...] = ()
    copies: tuple[Copy, ...] = ()
    silenced: bool = False


@frozen
class IgnoreFacts:
    """The lines of a `.gitignore` or `.dockerignore` that say something, in their order."""

    path: str
    lines: tuple[str, ...]


@frozen
class EnvFile:
    """An env file of the tree, and what it gives."""

    path: str
    kind: Kind
    is_tracked: bool
    declarations: tuple[Declaration, ...]


@frozen
class PackingFacts:
    """What would leave the repository in an image or a commit: for rules that compare files."""

    images: tuple[ImageFacts, ...]
    ignores: tuple[IgnoreFacts, ...]
    env_files: tuple[EnvFile, ...]

"""What the CI system says about the run: nothing on a laptop."""

from pathlib import Path

from launchready.frozen import frozen


@frozen
class CiFacts:
    """The workflow around this run.

    `name` is "github", "gitlab", "other" or "" outside CI. `base` is the commit that a pull or
    merge request starts from, None for any other event. `repository_url` is the repository's web
    page. `workspace` is the folder that paths in annotations start from. The other paths are the
    runner's files for the job summary and the step's outputs.
    """

    name: str = ""
    event: str = ""
    base: str | None = None
    repository_url: str | None = None
    workspace: Path | None = None
    summary_path: Path | None = None
    outputs_path: Path | None = None

    @property
    def is_ci(self) -> bool:
        """Whether a machine, not a person, is watching the log."""
        return bool(self.name)

    @property
    def is_pull_request(self) -> bool:
        """Whether the run judges a proposed change."""
        return self.base is not None

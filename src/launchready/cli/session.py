"""Everything a run needs before its first step: settings, gateways, baseline, changes."""

import datetime
import os
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from launchready.cli.faults import named_rules, refuse_meaningless, refuse_unfit
from launchready.cli.known_rules import ids_to_judge, known_to_every_step
from launchready.cli.options import Overrides
from launchready.cli.read_baseline import read_baseline
from launchready.cli.reviewed import notices_on_edits
from launchready.cli.settings import RunSettings
from launchready.cli.step_settings import settings_of_step
from launchready.config.load import Config, Layout, load_config
from launchready.config.scalars import withheld
from launchready.config.setting import settings_of
from launchready.errors import LaunchReadyError
from launchready.facts.changes import ChangeFacts
from launchready.facts.ci import CiFacts
from launchready.frozen import frozen
from launchready.gateways import Gateways
from launchready.gateways.ci import observe_ci, why_untrusted
from launchready.gateways.config_file import find_config, read_config
from launchready.gateways.git import Git
from launchready.gateways.judged_texts import reader_of
from launchready.gateways.progress import Progress
from launchready.model import LeftOut, Marker, Report, Target, Trait, Unchecked
from launchready.policy.baseline import Baseline
from launchready.policy.conclude import Policy, counting
from launchready.policy.markers import MARKER_PATTERN, OURS, parse_markers
from launchready.policy.marking import Marking
from launchready.policy.settings import OnlyNew, PolicySettings, StepPolicySettings
from launchready.registry import STEPS
from launchready.runner import Circumstances, run_step
from launchready.step import Counting, Step

if TYPE_CHECKING:
    from launchready.cli.live import Live

_ASKS_WHAT_IS_LIVE = (
    "what is deployed is asked with `--live URL`, or by `launchready STEP`, after a deploy"
)
_NOTHING_HERE = "nothing in this repository asks for that"
_NOT_HERE = Unchecked(
    target="the pull request",
    reason="its commits are not checked out: pull_request_target checks out the base branch",
    hint="run launchready on the pull_request event, which needs no secret",
)


@frozen
class Session:
    """One invocation, ready to run steps.

    `config_path` is how a person knows the config file. `known_rules` are the ids of all steps'
    rules, empty where not all steps are at hand. `live` is the site that a run of all steps asks.
    """

    config: Config
    config_path: str
    known_rules: frozenset[str]
    gateways: Gateways
    circumstances: Circumstances
    baseline: Baseline | None
    changes: ChangeFacts | None
    live: "Live | None" = None

    @cached_property
    def markers(self) -> tuple[Marker, ...]:
        """Our inline suppressions in the work tree."""
        return tuple(
            marker
            for path, number, line in self.gateways.git.grep_tree(MARKER_PATTERN)
            for marker in parse_markers(line, path=path, number=number)
            if marker.tool == OURS
        )

    def run(self, steps: Iterable[Step[Any]]) -> tuple[Report, ...]:
        """Run steps under this session's policy; the first speaks for markers of no step."""
        return tuple(self._run(step, reports_strays=index == 0) for index, step in enumerate(steps))

    def stack(self) -> tuple[Trait, ...]:
        """What the repository is built with."""
        from launchready.gateways.tree import Tree
        from launchready.stack import recognise

        return recognise(Tree(self.gateways.git, self.gateways.root))

    def answer(self, steps: Iterable[Step[Any]]) -> str | None:
        """What the settings of one of these steps ask for in place of reports."""
        told = (
            step.answer(settings_of_step(self.config, step), self.gateways, self._counting(step))
            for step in steps
        )
        return next((text for text in told if text is not None), None)

    def amend(self, steps: Iterable[Step[Any]]) -> None:
        """Change what the settings of these steps ask to be changed, and say so to the person."""
        for step in steps:
            settings = settings_of_step(self.config, step)
            for text in step.amend(settings, self.gateways, self._counting(step)):
                self.gateways.progress.say(text)

    def _counting(self, step: Step[Any]) -> Counting:
        """What of a step's findings this session's policy neither accepts nor knows."""
        return lambda findings: counting(findings, self._policy(step, reports_strays=False))

    def _run(self, step: Step[Any], *, reports_strays: bool) -> Report:
        settings = settings_of_step(self.config, step)
        step = step.fitted(settings)
        policy = self._policy(step, reports_strays=reports_strays)
        if self.live and step.is_live:
            settings = self.live.aimed(step, settings)
            step = self.live.reaching(step, settings)
        return run_step(step, settings, policy, self.gateways, self.circumstances)

    def _policy(self, step: Step[Any], *, reports_strays: bool) -> Policy:
        settings = settings_of_step(self.config, step)
        is_whole = step.sees_everything(settings)
        return Policy(
            step=step.name,
            settings=self.config.of(PolicySettings),
            step_settings=self.config.of(StepPolicySettings, step.name),
            honours=step.markers,
            baseline=self.baseline,
            changes=self._staged() if step.is_of_staged(settings) else self.changes,
            today=datetime.datetime.now(datetime.UTC).date(),
            known_markers=self.markers if is_whole else (),
            rule_ids=frozenset(rule.info.id for rule in step.rules),
            marked=Marking(reader_of(self.gateways, staged=step.is_of_staged(settings))).of,
            known_rules=self.known_rules,
            reports_strays=reports_strays and not step.is_live,
            is_whole=is_whole,
            sees_present=step.sees_present(settings),
            config_path=self.config_path,
        )

    def _staged(self) -> ChangeFacts | None:
        """What the next commit would bring. In CI, where nobody commits, nothing is staged, and
        what is there is judged.
        """
        git = self.gateways.git
        lines = git.staged_lines()
        if self.changes or isinstance(lines, Unchecked) or (self.gateways.is_ci and not lines):
            return self.changes
        return ChangeFacts(base=git.commit_of("HEAD") or "", lines=lines, context=lines)

    def choose(self, steps: Iterable[Step[Any]]) -> tuple[Step[Any], ...]:
        """The steps that apply here, and those that the config has a section for.

        Settings of one step never leave out another. One that asks what is deployed runs only with
        `live`, and where it has something to ask there.
        """
        return tuple(step for step in steps if self._applies(step))

    def _applies(self, step: Step[Any]) -> bool:
        if step.is_live:
            return self._why_not_live(step) is None
        return step.name in self.config.given or step.recognises(self.gateways)

    def _why_not_live(self, step: Step[Any]) -> str | None:
        """Why a step that asks what is deployed does not run."""
        if self.live is None:
            return _ASKS_WHAT_IS_LIVE
        aimed = self.live.aimed(step, settings_of_step(self.config, step))
        return aimed.reason if isinstance(aimed, LeftOut) else None

    def left_out(
        self, steps: Iterable[Step[Any]], chosen: Iterable[Step[Any]]
    ) -> Iterator[LeftOut]:
        """Of all `steps` those that are not `chosen`, each with the reason that `choose` had."""
        names = {step.name for step in chosen}
        for step in steps:
            if step.name not in names:
                why = self._why_not_live(step) if step.is_live else None
                yield LeftOut(step=step.name, reason=why or _NOTHING_HERE)


def layout_of(steps: Iterable[Step[Any]]) -> Layout:
    """The config file's shape; sections of other steps may be there and are not looked into."""
    sections: dict[str, tuple[type, ...]] = dict.fromkeys(STEPS, ())
    sections["site"] = ()
    for step in steps:
        sections[step.name] = (StepPolicySettings, step.settings)
        if step.judges_by_site:
            from launchready.site import SECTION, Site

            sections[SECTION] = (Site,)
    return Layout(root=(PolicySettings,), sections=sections)


def load_settings(
    run: RunSettings, root: Path, steps: Iterable[Step[Any]], overrides: Overrides
) -> Config:
    """The effective settings of these steps. Raises LaunchReadyError."""
    steps = tuple(steps)
    path, shown = config_path(run, root)
    content = read_config(path, shown) if path else None
    spread = _spread(overrides)

    def load(of: tuple[Step[Any], ...]) -> Config:
        return load_config(content, shown, layout_of(of), overrides=spread, environ=os.environ)

    config = load(steps)
    refuse_unfit(config, shown, steps)
    names = named_rules(config)
    refuse_meaningless(config, shown, ids_to_judge(names, steps, config, shown, load))
    return config


def config_path(run: RunSettings, root: Path) -> tuple[Path | None, str]:
    """The config file, None where there is none, and how to name it to a person."""
    path = Path(run.directory, run.config) if run.config else find_config(root)
    if path is None:
        return None, "launchready.yml"
    try:
        return path, Path(os.path.realpath(path.parent), path.name).relative_to(root).as_posix()
    except ValueError:
        return path, path.as_posix()


def _spread(overrides: Overrides) -> Overrides:
    """The command line's gate is nearer than any section's of the file."""
    return overrides | {
        (section, each.name): overrides["", each.name]
        for section in STEPS
        for each in settings_of(StepPolicySettings)
        if ("", each.name) in overrides
    }


def prepare(
    run: RunSettings,
    steps: Iterable[Step[Any]],
    overrides: Overrides,
    baseline: Baseline | None = None,
) -> Session:
    """Read the config, the baseline and the repository's state. Raises LaunchReadyError.

    `baseline` takes the place of the file's, for the command that writes a new one.
    """
    steps = tuple(steps)
    ci = observe_ci(os.environ)
    git = open_repository(run, ci)
    config = load_settings(run, git.root, steps, overrides)
    policy = config.of(PolicySettings)
    changes, unchecked = _observe_changes(run, policy.only_new, ci, git)
    head = git.commit_of("HEAD")
    shown = config_path(run, git.root)[1]
    return Session(
        config=config,
        config_path=shown,
        known_rules=known_to_every_step(steps, config),
        gateways=Gateways(
            root=git.root,
            git=git,
            progress=Progress.on_stderr(is_ci=ci.is_ci, is_quiet=run.quiet),
            jobs=run.jobs or os.cpu_count() or 1,
            is_ci=ci.is_ci,
            why_untrusted=why_untrusted(os.environ),
            base=changes.base if changes else None,
        ),
        circumstances=Circumstances(
            target=Target(
                path=_seen_from(ci.workspace, git.root),
                commit=head,
                base=changes.base if changes else None,
                repository_url=ci.repository_url,
            ),
            unchecked=unchecked,
            notices=tuple(notices_on_edits(run, ci, git, (shown, policy.baseline), steps)),
        ),
        baseline=baseline or read_baseline(git.root, policy.baseline),
        changes=changes,
    )


def _seen_from(workspace: Path | None, root: Path) -> str:
    """The root as the workspace has it: a job may check a repository out into a folder of it."""
    try:
        return root.relative_to(workspace.resolve()).as_posix() if workspace else "."
    except ValueError:
        return "."


def open_repository(run: RunSettings, ci: CiFacts) -> Git:
    """The repository around the folder to work in, or the folder itself where there is none."""
    folder = Path(run.directory)
    if not folder.is_dir():
        raise LaunchReadyError(
            f"{withheld(run.directory)} is not a folder",
            hint="name the folder to examine with --directory",
        )
    return Git.around(folder.resolve(), trust_owner=ci.is_ci)


def _observe_changes(
    run: RunSettings, only_new: OnlyNew, ci: CiFacts, git: Git
) -> tuple[ChangeFacts | None, tuple[Unchecked, ...]]:
    """What the change under judgement touched; without a base there is no such change."""
    base = run.base_ref or ci.base
    if only_new is OnlyNew.NEVER or (base is None and only_new is OnlyNew.AUTO):
        return None, ()
    if base is None:
        raise LaunchReadyError(
            "only-new is set to always, but there is no base to compare with",
            hint="name the branch or commit that the change starts from with --base-ref",
        )
    if ci.event == "pull_request_target" and not run.base_ref and git.commit_of("HEAD") == ci.base:
        return None, (_NOT_HERE,)
    seen = git.changes(base, None)
    return (None, (seen,)) if isinstance(seen, Unchecked) else (seen, ())

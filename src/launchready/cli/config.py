"""`launchready config check|show|schema|migrate`."""

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click

from launchready import site
from launchready.cli.command import Command, Offers, SettingsCommand
from launchready.cli.group import CommandGroup
from launchready.cli.options import Overrides, offers_of, overrides_of, settings_from
from launchready.cli.output import tell, write_stdout
from launchready.cli.session import config_path, layout_of, load_settings, open_repository
from launchready.cli.settings import RunSettings
from launchready.config.migrate import migrate_config
from launchready.config.schema import config_schema
from launchready.config.setting import NOT_SHOWN, Surface, plain, settings_of
from launchready.errors import LaunchReadyError
from launchready.gateways.ci import observe_ci
from launchready.gateways.config_file import read_config
from launchready.gateways.write import write_whole
from launchready.policy.settings import PolicySettings
from launchready.registry import STEPS
from launchready.step import Step


def config_command() -> CommandGroup:
    """The group of commands about launchready.yml."""
    return CommandGroup(
        "config",
        commands=[
            _command("check", "Say whether the config file is right.", _check),
            _command("show", "Print the effective settings and where each came from.", _show),
            _command("migrate", "Bring the config file up to the present version.", _migrate),
            Command("schema", callback=_print_schema, help="Print the JSON Schema."),
        ],
        help="Check, show or migrate launchready.yml.",
    )


def schema_text() -> str:
    """The JSON Schema of launchready.yml, as schemas/launchready.schema.json holds it."""
    summaries = {site.SECTION: site.SUMMARY}
    summaries |= {name: entry.summary for name, entry in STEPS.items()}
    return json.dumps(config_schema(layout_of(loaded_steps()), summaries), indent=2) + "\n"


def _command(
    name: str, summary: str, act: Callable[[RunSettings, Overrides], None]
) -> click.Command:
    def run(context: click.Context, offers: Offers) -> int:
        overrides = overrides_of(context, offers)
        act(settings_from(RunSettings, overrides), overrides)
        return 0

    return SettingsCommand(name, summary=summary, offers=_offers, run=run)


def _offers() -> Offers:
    offers = offers_of("", (PolicySettings, RunSettings))
    policy = {each.name for each in settings_of(PolicySettings)}
    return tuple(o for o in offers if o.setting.name in policy | {"config", "directory"})


def _check(run: RunSettings, overrides: Overrides) -> None:
    root = open_repository(run, observe_ci(os.environ)).root
    load_settings(run, root, loaded_steps(), overrides)
    _, shown = _file(run, root)
    tell([f"{shown} is right"])


def _show(run: RunSettings, overrides: Overrides) -> None:
    root = open_repository(run, observe_ci(os.environ)).root
    steps = loaded_steps()
    config = load_settings(run, root, steps, overrides)
    rows = [*_rows(config.of(PolicySettings), "", config.origins)]
    for section, classes in layout_of(steps).sections.items():
        for cls in classes:
            rows += _rows(config.of(cls, section), section, config.origins)
    width = max(len(name) for name, _, _ in rows)
    tell(f"{name:{width}} = {value}  ({origin})" for name, value, origin in rows)


def _rows(settings: object, section: str, origins: Any) -> Iterator[tuple[str, str, str]]:
    for each in settings_of(type(settings), surface=Surface.FILE):
        name = f"{section}.{each.name}" if section else each.name
        value = plain(getattr(settings, each.field), is_shown=True)
        shown = NOT_SHOWN if each.info.is_secret else json.dumps(value, ensure_ascii=True)
        yield name, shown, origins.get(name, "default")


def _migrate(run: RunSettings, overrides: Overrides) -> None:
    del overrides
    path, shown = _file(run, open_repository(run, observe_ci(os.environ)).root)
    content = read_config(path, shown)
    migrated = migrate_config(content, shown)
    if migrated.encode() == content:
        tell([f"{shown} is of the present version"])
        return
    write_whole(path, [migrated])
    tell([f"{shown} is brought up to the present version; review the difference"])


def _file(run: RunSettings, root: Path) -> tuple[Path, str]:
    path, shown = config_path(run, root)
    if path is None:
        raise LaunchReadyError(
            "there is no config file", hint="write `version: 1` into launchready.yml to begin"
        )
    return path, shown


def _print_schema() -> None:
    write_stdout([schema_text()])


def loaded_steps() -> tuple[Step[Any], ...]:
    """Every step, imported."""
    return tuple(entry.load() for entry in STEPS.values())

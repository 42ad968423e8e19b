"""What is wrong with a command line: click's complaints as one line each, and what to do."""

from typing import Any

import click
from click.core import ParameterSource

from launchready.cli.options import Line
from launchready.config.scalars import withheld
from launchready.errors import LaunchReadyError


def misuse(error: click.ClickException) -> LaunchReadyError:
    """The complaint in our own form."""
    context = error.ctx if isinstance(error, click.UsageError) else None
    command = context.command_path if context else "launchready"
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        return LaunchReadyError("a command is missing", hint=f"`{command} --help` lists them")
    return LaunchReadyError(
        withheld(_message(error)), hint=f"`{command} --help` says what it takes"
    )


def _message(error: click.ClickException) -> str:
    match error:
        case click.NoSuchOption(option_name=name, possibilities=near):
            return f"there is no option {name}" + (f"; did you mean {near[0]}?" if near else "")
        case click.MissingParameter(param=click.Parameter() as parameter):
            return (
                f"{parameter.make_metavar(error.ctx) if error.ctx else parameter.name} is missing"
            )
        case click.BadParameter(param=click.Parameter() as parameter):
            got, _, _ = error.message.partition(" is not ")
            return f"{_source(parameter, error.ctx)} must be {_takes(parameter.type)} (got {got})"
    told = error.format_message().removesuffix(".")
    return told[:1].lower() + told[1:]


def _source(parameter: click.Parameter, context: click.Context | None) -> str:
    """How the person who gave a wrong value knows the parameter."""
    source = context.get_parameter_source(parameter.name or "") if context else None
    if source is ParameterSource.ENVIRONMENT:
        return f"environment variable {parameter.envvar}"
    if isinstance(parameter, click.Argument):
        return parameter.make_metavar(context) if context else ""
    return parameter.opts[0]


def _takes(kind: click.ParamType[Any]) -> str:
    """What values a parameter has, in the words that a fault of the config file uses."""
    match kind:
        case click.Choice(choices=choices):
            return f"one of {', '.join(choices)}"
        case click.IntRange(min=least, max=most):
            return f"a whole number from {least} to {most}"
        case Line(takes=takes):
            return takes
    return "true or false"  # the only other kind that refuses anything

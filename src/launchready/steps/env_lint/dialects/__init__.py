"""How each loader reads an env file."""

from collections.abc import Mapping

from launchready.steps.env_lint.dialects.go import (
    parse_compose,
    parse_direnv,
    parse_docker_run,
    parse_godotenv,
)
from launchready.steps.env_lint.dialects.javascript import (
    parse_bun,
    parse_dotenv,
    parse_dotenv_expand,
    parse_dotenv_expand_12,
    parse_next,
    parse_node,
    parse_vite,
)
from launchready.steps.env_lint.dialects.php import parse_phpdotenv, parse_symfony
from launchready.steps.env_lint.dialects.python import (
    parse_django_environ,
    parse_python_dotenv,
    parse_stripped,
)
from launchready.steps.env_lint.dialects.reading import Dialect, Entry, Reading
from launchready.steps.env_lint.dialects.ruby import parse_ruby, parse_ruby_2
from launchready.steps.env_lint.dialects.rust import parse_rust
from launchready.steps.env_lint.dialects.shell import parse_shell

__all__ = ["DIALECTS", "Dialect", "Entry", "Reading", "read"]

_ROWS = (
    ("dotenv", "dotenv", "dotenv 18.0.10", parse_dotenv),
    ("dotenv-flow", "dotenv-flow", "dotenv-flow 4.1, which reads with dotenv", parse_dotenv),
    ("dotenv-expand", "dotenv-expand", "dotenv-expand 1000.0.0", parse_dotenv_expand),
    ("dotenv-expand-12", "dotenv-expand", "source of dotenv-expand 12", parse_dotenv_expand_12),
    ("dotenvx", "dotenvx", "dotenvx 2.38, whose engine dotenv-expand has", parse_dotenv_expand),
    ("next", "Next.js", "@next/env 16.4.6", parse_next),
    ("vite", "Vite", "Vite 8.3.8", parse_vite),
    ("node", "Node.js", "Node.js 22, util.parseEnv", parse_node),
    ("bun", "Bun", "Bun 1.4.5", parse_bun),
    ("python-dotenv", "python-dotenv", "python-dotenv 1.2.4", parse_python_dotenv),
    ("django-environ", "django-environ", "django-environ 0.14", parse_django_environ),
    ("decouple", "python-decouple", "python-decouple 3.8", parse_stripped),
    ("starlette", "Starlette", "Starlette 1.10", parse_stripped),
    ("compose", "Docker Compose", "compose-go of July 2026", parse_compose),
    ("docker", "docker run --env-file", "docker/cli kvfile of August 2026", parse_docker_run),
    ("godotenv", "godotenv", "godotenv 1.5.1", parse_godotenv),
    ("ruby-2", "Ruby's dotenv 2", "dotenv 2.4", parse_ruby_2),
    ("ruby", "Ruby's dotenv", "source of dotenv 3.1", parse_ruby),
    ("symfony", "Symfony", "symfony/dotenv 5.4", parse_symfony),
    ("phpdotenv", "phpdotenv", "phpdotenv 5.4", parse_phpdotenv),
    ("bash", "the shell", "bash 5", parse_shell),
    ("direnv", "direnv", "direnv 2.32", parse_direnv),
    ("rust", "Rust's dotenv", "dotenv 0.15.0", parse_rust),
)

DIALECTS: Mapping[str, Dialect] = {
    name: Dialect(
        name=name, title=title, measured=measured, parse=parse, keeps_first=name == "rust"
    )
    for name, title, measured, parse in _ROWS
}
"""Every loader whose reading is known, by the name that `settings.loaders` uses."""


def read(dialect: str, text: str) -> Reading:
    """What the loader of that name makes of a file's text."""
    return DIALECTS[dialect].read(text)

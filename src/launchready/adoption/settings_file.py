"""The first launchready.yml: what was recognised, and what is worth saying next, commented out."""

from collections.abc import Sequence

from launchready.model import Trait

FILE = "launchready.yml"
SCHEMA = (
    "https://raw.githubusercontent.com/launchready/launchready/main/schemas/launchready.schema.json"
)

_SITE = """\
# What is live and how it is meant to answer: smoke-test, dns-check, email-check and rollback all
# judge by it. docs/config.md has every setting.
"""
_ROUTES = """\
#  routes: # the addresses that earn money
#    - path: /login
#      kind: login
#    - path: /dashboard
#      kind: protected # a stranger must be refused
#    - path: /api/health
#      kind: health
#  mail:
#    senders: # who may send in your name
#      - provider: {provider}
"""


def settings_file(stack: Sequence[Trait], url: str | None, mail: Sequence[str]) -> str:
    """The file's text. `mail` are the providers that the repository sends through."""
    provider = mail[0].lower() if mail else "resend"
    text = f"# yaml-language-server: $schema={SCHEMA}\nversion: 1\n\n{_built_with(stack)}{_SITE}"
    site = f"site:\n  url: {url}\n" if url else "#site:\n#  url: https://www.example.com\n"
    return text + site + _ROUTES.format(provider=provider)


def _built_with(stack: Sequence[Trait]) -> str:
    lines = [
        f"#   {each.name} {each.version}".rstrip() + f" ({_one_line(each.path)})" for each in stack
    ]
    return "\n".join(["# Recognised:", *lines, "", ""]) if lines else ""


def _one_line(path: str) -> str:
    return "".join(sign if sign.isprintable() else "?" for sign in path)

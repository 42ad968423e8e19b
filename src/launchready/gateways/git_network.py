"""git with the network open: for the few uses of it that fetch or push.

It speaks the protocols that it trusts. What may run is git's own programs, ssh, and the helpers of
the user's and the machine's settings; those that the repository's settings name are kept out.
Sources: https://git-scm.com/docs/git-config, https://git-scm.com/docs/gitcredentials and
https://git-scm.com/docs/git#_environment_variables.
"""

import shlex
from collections.abc import Iterator, Mapping
from dataclasses import replace

from launchready.gateways.git_process import GitProcess

_PROTOCOLS = "file:git:http:https:ssh"
# A server that sends next to nothing for a minute is given up: git-config(1), http.lowSpeedLimit.
_PATIENCE = (("http.lowSpeedLimit", "1000"), ("http.lowSpeedTime", "60"))
# Names a program that lists what an alternate store has; `true` lists nothing.
_NO_ALTERNATES = (("core.alternateRefsCommand", "true"),)

_PROGRAMS = r"^(core\.(sshcommand|askpass)|credential\..*)$"
_TRUSTED = frozenset({"system", "global", "command"})
"""The scopes of settings that are not the repository's."""

_Setting = tuple[str, str]


def networked(git: GitProcess, environ: Mapping[str, str]) -> GitProcess:
    """git with the network open and with no program that the repository's settings name.

    Variables go before settings, but for credential helpers, whose list an empty one clears.
    """
    trusted = tuple(_trusted(git))
    own = dict(trusted)
    askpass = own.get("core.askpass", environ.get("SSH_ASKPASS", ""))
    ssh = own.get("core.sshcommand") or shlex.quote(environ.get("GIT_SSH") or "ssh")
    variables = {
        "GIT_ALLOW_PROTOCOL": _PROTOCOLS,
        "GIT_SSH_COMMAND": environ.get("GIT_SSH_COMMAND") or ssh,
        "GIT_ASKPASS": environ.get("GIT_ASKPASS", askpass),
        "GIT_PROXY_COMMAND": environ.get("GIT_PROXY_COMMAND", ""),
    }
    helpers = tuple(each for each in trusted if each[0].startswith("credential."))
    return replace(
        git,
        config=(*_PATIENCE, *_NO_ALTERNATES, ("credential.helper", ""), *helpers),
        environ=tuple(variables.items()),
    )


def _trusted(git: GitProcess) -> Iterator[_Setting]:
    """The user's and the machine's settings that name programs, in their order."""
    words = ("config", "--null", "--show-scope", "--get-regexp", _PROGRAMS)
    _, output, _ = git.attempt(*words)
    pieces = iter(output.decode("utf-8", "surrogateescape").split("\0"))
    for scope, setting in zip(pieces, pieces, strict=False):
        key, _, value = setting.partition("\n")
        if scope in _TRUSTED:
            yield key, value

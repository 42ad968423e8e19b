"""Why there is no server to work with, and what a server that is there refuses."""

from launchready.model import Unchecked


class ServerError(Exception):
    """There is no server to work with. `unchecked` says so to the user."""

    target = "server"

    def __init__(self, reason: str, hint: str) -> None:
        super().__init__(reason)
        self.unchecked = Unchecked(target=self.target, reason=reason, hint=hint)


class RefusedError(Exception):
    """A server refused a statement: `message` is its own, `code` the one that it is known by."""

    def __init__(self, message: str, code: str) -> None:
        super().__init__(f"{code}: {message}")
        self.message = message
        self.code = code

"""The start-up's shop, live on loopback with TLS, with faults that its customers would meet."""

import json

from tests.live import Asked, Reply

HOST = "www.teapot.example"
RELEASE, BEFORE = "9f3c2e1", "7a1b0c4"

CONFIG = f"""\
version: 1
site:
  url: https://{HOST}/
  routes:
    - path: /
      contains: [Start your free trial]
    - path: /pricing
    - path: /login
      kind: login
    - path: /account
      kind: protected
    - path: /api/cart
      kind: api
    - path: /api/health
      kind: health
      json: {{status: ok}}
  identities:
    ann:
      headers: {{Cookie: "session=${{TEST_SESSION_ANN:-}}"}}
      marker: ann@teapot.example
    bob:
      headers: {{Cookie: "session=${{TEST_SESSION_BOB:-}}"}}
      marker: bob@teapot.example
  release:
    path: /api/health
    json: commit
"""
ENVIRONMENT = {"TEST_SESSION_ANN": "ann", "TEST_SESSION_BOB": "bob"}

_SAFE = (
    ("Strict-Transport-Security", "max-age=31536000"),
    ("X-Content-Type-Options", "nosniff"),
    ("Content-Security-Policy", "default-src 'self'; frame-ancestors 'none'"),
    ("Cache-Control", "no-cache"),
)
_PAGE = """\
<!doctype html><html lang="en"><head><title>Teapot</title>
<link rel="canonical" href="https://{host}{path}"><link rel="stylesheet" href="/assets/app.css">
{head}</head><body><h1>{title}</h1><p>{text}</p></body></html>
"""


class Shop:
    """Answers as the shop. Asks and replies are those of `tests.live`.

    What is wrong with it: pricing fails, a cache keeps one customer's account page for all, the
    script that the home page loads is of plain HTTP, the environment file is public, the session
    cookie may travel in clear, half of its servers are of the release before, and the bare domain
    serves the site a second time.
    """

    def __init__(self) -> None:
        self._kept: dict[str, Reply] = {}
        self._asked_for_health = 0

    def __call__(self, asked: Asked) -> Reply:
        """What it says."""
        if not asked.is_secure:
            location = f"https://{asked.host}{asked.path}"
            return Reply(status=308, headers=(("Location", location),))
        pages = {
            "/": self._home,
            "/pricing": self._pricing,
            "/login": self._login,
            "/account": self._account,
            "/api/cart": self._cart,
            "/api/health": self._health,
            "/assets/app.css": self._style,
            "/.env": self._env,
        }
        page = pages.get(asked.path.partition("?")[0])
        if page is None:
            return _page("/missing", "This page is not here", status=404)
        return page(asked)

    def _home(self, asked: Asked) -> Reply:
        del asked
        script = '<script src="http://cdn.teapot.example/widget.js"></script>'
        return _page("/", "Tea that comes to you", "Start your free trial", head=script)

    def _pricing(self, asked: Asked) -> Reply:
        del asked
        return _page("/pricing", "Something went wrong", status=500)

    def _login(self, asked: Asked) -> Reply:
        del asked
        cookie = ("Set-Cookie", "session=fresh; Path=/; HttpOnly; SameSite=Lax")
        return _page("/login", "Sign in", "Welcome back", headers=(cookie,))

    def _account(self, asked: Asked) -> Reply:
        """A cache that does not look at the cookie, before an application that does."""
        if asked.path in self._kept:
            kept = self._kept[asked.path]
            return Reply(body=kept.body, headers=(*kept.headers, ("X-Cache", "HIT")))
        who = asked.headers.get("cookie", "").partition("session=")[2]
        if who not in ENVIRONMENT.values():
            return Reply(
                status=302, headers=(("Location", "/login"), ("Cache-Control", "no-store"))
            )
        self._kept[asked.path] = _page("/account", "Your account", f"{who}@teapot.example")
        return self._kept[asked.path]

    def _cart(self, asked: Asked) -> Reply:
        del asked
        return _json({"items": []})

    def _health(self, asked: Asked) -> Reply:
        del asked
        self._asked_for_health += 1
        commit = RELEASE if self._asked_for_health % 2 else BEFORE
        return _json({"status": "ok", "commit": commit})

    def _style(self, asked: Asked) -> Reply:
        del asked
        return Reply(body="h1{color:teal}", kind="text/css")

    def _env(self, asked: Asked) -> Reply:
        del asked
        return Reply(body="SMTP_PASSWORD=not-a-real-one\n", kind="text/plain")


def _page(
    path: str,
    title: str,
    text: str = "Tea",
    *,
    status: int = 200,
    head: str = "",
    headers: tuple[tuple[str, str], ...] = (),
) -> Reply:
    body = _PAGE.format(host=HOST, path=path, title=title, text=text, head=head)
    return Reply(status=status, body=body, headers=(*_SAFE, *headers))


def _json(content: object) -> Reply:
    return Reply(body=json.dumps(content), kind="application/json", headers=_NO_STORE)


_NO_STORE = tuple((name, "no-store" if name == "Cache-Control" else value) for name, value in _SAFE)

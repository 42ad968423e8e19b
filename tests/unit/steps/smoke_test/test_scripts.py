"""What delivered scripts give away, and whom they ask."""

import base64
import json
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.live import HOST, Asked, LiveSite, Reply
from tests.unit.steps.smoke_test.looking import Look, look

from launchready.catalog.secrets import KINDS
from launchready.model import UrlLocation
from launchready.site import Site
from launchready.steps.secret_scan.formats import formats
from launchready.steps.smoke_test.html_page import page_of
from launchready.steps.smoke_test.scripts.delivered import Script
from launchready.steps.smoke_test.scripts.local import local_addresses
from launchready.steps.smoke_test.scripts.maps import map_address, sources_inside, sources_of
from launchready.steps.smoke_test.settings import Area

Serve = Callable[..., LiveSite]
OTHERS = {"hsts-missing", "nosniff-missing", "csp-missing"}
LETTERS = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"


def drawn(length: int, signs: str = LETTERS) -> str:
    """A text that chance draws."""
    return "".join(random.Random(length).choices(signs, k=length))


def secret(kind: str) -> str:
    """An example of a kind of secret, made now."""
    found = next(each for each in KINDS if each.id == kind)
    return formats.sample(found, random.Random(7))


def token(role: str) -> str:
    """A key of a Supabase project."""

    def part(value: dict[str, object]) -> str:
        return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")

    claims: dict[str, object] = {"iss": "supabase", "ref": drawn(20).lower(), "role": role}
    return f"{part({'alg': 'HS256', 'typ': 'JWT'})}.{part(claims | {'exp': 2e9})}.{drawn(43)}"


def source_map(name: str = "../src/app.ts", text: str | None = "export const a = 1") -> str:
    """A map with one source."""
    return json.dumps(
        {"version": 3, "sources": [name], "sourcesContent": [text], "mappings": "AAAA"}
    )


def of_script(text: str, **files: Reply) -> tuple[str, dict[str, Reply]]:
    """A page with a script, and the files there are."""
    script = Reply(body=text, kind="text/javascript")
    page = '<p>Shop</p><script src="/a.js"></script>'
    return page, {"/a.js": script} | {f"/{name}": reply for name, reply in files.items()}


def mapped(reply: Reply) -> tuple[str, dict[str, Reply]]:
    """A script and its map."""
    page, files = of_script("a()\n//# sourceMappingURL=a.js.map\n")
    return page, {**files, "/a.js.map": reply}


def looked_at(serve: Serve, root: Path, html: str, files: dict[str, Reply]) -> Look:
    """Look at a page with these files."""

    def app(asked: Asked) -> Reply:
        if asked.path == "/":
            return Reply(body=f"<h1>Shop</h1>{html}")
        return files.get(asked.path, Reply(status=404, body="<h1>Not here</h1>"))

    return look(serve(app), root, Area.PAGES)


INLINE = base64.b64encode(source_map().encode()).decode()
JSON_MAP = Reply(body=source_map(), kind="application/json")
CASES: dict[str, tuple[tuple[str, dict[str, Reply]], set[str]]] = {
    "a right one": (of_script("fetch('/api/orders')"), set()),
    "a key in a file": (
        of_script(f'let o=new O({{apiKey:"{secret("openai-api-key")}"}})'),
        {"secret-in-delivered-script"},
    ),
    "a key in the page": (
        (f'<script>const k = "{secret("stripe-live-secret-key")}"</script>', {}),
        {"secret-in-delivered-script"},
    ),
    "a key in the page's data": (
        (
            (
                '<script id="__NEXT_DATA__" type="application/json">'
                f'{{"props":{{"key":"{secret("resend-api-key")}"}}}}</script>'
            ),
            {},
        ),
        {"secret-in-delivered-script"},
    ),
    "a service role": (
        of_script(f'createClient("https://a.supabase.co","{token("service_role")}")'),
        {"secret-in-delivered-script"},
    ),
    "Gemini's key": (
        of_script(
            'fetch("https://generativelanguage.googleapis.com/v1beta/models?key='
            f'{secret("google-api-key")}")'
        ),
        {"secret-in-delivered-script"},
    ),
    "an anonymous role": (
        of_script(f'createClient("https://a.supabase.co","{token("anon")}")'),
        set(),
    ),
    "a publishable key": (of_script(f'loadStripe("pk_live_{drawn(99)}")'), set()),
    "Firebase's key": (
        of_script(f'i({{apiKey:"{secret("google-api-key")}",authDomain:"a.firebaseapp.com"}})'),
        set(),
    ),
    "Algolia's search key": (
        of_script(f'{{appId:"{drawn(10).upper()}",apiKey:"{drawn(32, "0123456789abcdef")}"}}'),
        set(),
    ),
    "a map": (mapped(JSON_MAP), {"source-map-public"}),
    "a map told in the header": (
        (
            '<script src="/a.js"></script>',
            {
                "/a.js": Reply(
                    body="a()", kind="text/javascript", headers=(("SourceMap", "/maps/a"),)
                ),
                "/maps/a": JSON_MAP,
            },
        ),
        {"source-map-public"},
    ),
    "a map inside": (
        of_script(f"a()\n//# sourceMappingURL=data:application/json;charset=utf-8;base64,{INLINE}"),
        {"source-map-public"},
    ),
    "a map with a key": (
        mapped(
            Reply(
                body=source_map(text=f'const k = "{secret("openai-api-key")}"'),
                kind="application/json",
            )
        ),
        {"source-map-public", "secret-in-delivered-script"},
    ),
    "no map": (mapped(Reply(status=404)), set()),
    "the home page for a map": (mapped(Reply(body="<h1>Shop</h1>")), set()),
    "a map of a library": (mapped(Reply(body=source_map("../node_modules/a/a.js"))), set()),
    "a map without texts": (
        mapped(Reply(body=source_map(text=None), kind="application/json")),
        set(),
    ),
    "a stranger's map": (
        of_script("a()\n//# sourceMappingURL=https://maps.test/a.js.map"),
        set(),
    ),
    "a map too large to read whole": (
        mapped(
            Reply(
                body=source_map().replace(" ", "").replace("}", f',"x":"{" " * (8 << 20)}"}}'),
                kind="application/json",
            )
        ),
        {"source-map-public"},
    ),
    "a missing script": (
        ('<script src="/gone.js"></script>', {}),
        {"page-needs-missing-file"},
    ),
    "the home page for a script": (
        ('<script src="/a.js"></script>', {"/a.js": Reply(body="<h1>Shop</h1>")}),
        {"page-needs-file-of-wrong-type"},
    ),
    "asks the developer": (
        of_script('fetch("http://localhost:8000/api/orders")'),
        {"script-asks-local-address"},
    ),
    "asks the developer from the page": (
        ('<script>fetch("http://127.0.0.1:8000/api")</script>', {}),
        {"script-asks-local-address"},
    ),
    "may ask the developer": (
        of_script('const t="http://localhost:8000";function n(){return fetch(`${t}/api`)}'),
        {"script-may-ask-local-address"},
    ),
}


@pytest.mark.parametrize(("site", "rules"), CASES.values(), ids=CASES)
def test_what_scripts_give_away(
    serve: Serve, root: Path, site: tuple[str, dict[str, Reply]], rules: set[str]
) -> None:
    seen = looked_at(serve, root, *site)
    assert (set(seen.rules) - OTHERS, seen.unchecked) == (rules, [])


def test_a_secret_is_told_by_its_place_and_not_shown(serve: Serve, root: Path) -> None:
    value = secret("openai-api-key")
    html = f"\n<p>\n  <script>let a = 1; let k = '{value}'</script>"
    seen = looked_at(serve, root, html, {})
    (found,) = [each for each in seen.findings if each.rule == "secret-in-delivered-script"]
    assert "in line 3, column 31" in found.message
    assert found.location == UrlLocation(url=f"https://{HOST}/")
    assert value[10:] not in repr(seen.findings)


def test_one_secret_in_several_scripts_is_one_finding(serve: Serve, root: Path) -> None:
    page, files = CASES["a key in a file"][0]
    files = {**files, "/b.js": files["/a.js"]}
    seen = looked_at(serve, root, f'{page}<script src="/b.js"></script>', files)
    assert seen.rules.count("secret-in-delivered-script") == 1


def test_a_cut_script_is_told(serve: Serve, root: Path) -> None:
    page, files = of_script(" " * ((8 << 20) + 1))
    assert ["KiB" in each.reason for each in looked_at(serve, root, page, files).unchecked] == [
        True
    ]


def test_ones_own_machine_may_ask_itself(serve: Serve, root: Path) -> None:
    page, files = CASES["asks the developer"][0]
    live = serve(lambda asked: files.get(asked.path, Reply(body=f"<h1>Shop</h1>{page}")))
    site = Site(url=f"http://127.0.0.1:{live.ports['http']}/", private=True)
    assert "script-asks-local-address" not in look(live, root, Area.PAGES, site=site).rules


@pytest.mark.parametrize(
    ("text", "direct"),
    [
        ('fetch("http://localhost:3000/api")', [True]),
        ("fetch(`http://localhost:3000/api/${e}`)", [True]),
        ('fetch(`${"http://localhost:3000"}/api`)', [True]),
        ('fetch("".concat("http://localhost:3000","/api"))', [True]),
        ('Ce.create({baseURL:"http://localhost:5000/"})', [True]),
        ('Ce.post("http://192.168.1.4:5000/pay",e)', [True]),
        ('e.open("POST","http://10.0.0.2/api")', [True]),
        ('new WebSocket("ws://localhost:3001/")', [True]),
        ('new EventSource("http://[::1]:3001/")', [True]),
        ('var a="http://localhost:1";fetch("".concat(a,"/x"))', [False]),
        ('let a="http://localhost:1/api",b=2;fetch(a+"/x")', [False]),
        ('var o={apiUrl:"http://localhost:1"};fetch(o.apiUrl+"/x")', [False]),
        ('var o={wsUrl:"ws://localhost:1"};new WebSocket(o.wsUrl)', [False]),
        ('var o={"apiUrl":"http://localhost:1"};fetch(`${o.apiUrl}/x`)', [False]),
        ('let n="http://localhost:1"+c;return await fetch(n,{method:"POST"})', [False]),
        ("let n=`http://localhost:1/${c}`;return fetch(n)", [False]),
        ('ky.create({prefixUrl:"http://localhost:4000/v1"})', [True]),
        ('let n="http://localhost:1"+c;return 1;' + " " * 400 + "fetch(n)", []),
        ('var o={apiUrl:"http://localhost:1"};fetch(o.other+"/x")', []),
        ('var o={apiUrl:"http://localhost:1"};log(o.apiUrl)', []),
        ('const a="http://localhost:1",b=1;fetch(b+"/x")', []),
        ('const a="http://localhost:1";function f(a){fetch(a)}', []),
        ('const a=e.url||"http://localhost:1";fetch(a+"/x")', []),
        ('const a=d?"http://localhost:1":"/api";fetch(a+"/x")', []),
        ('console.warn("open http://localhost:3000 in a browser")', []),
        ('new URL(e,"http://localhost")', []),
        ('location.hostname==="localhost"', []),
        ('/* fetch("http://localhost:3000/") */', []),
        (' * fetch("http://localhost:3000/")', []),
        ('a() // fetch("http://localhost:3000/")', []),
        ('fetch("http://localhost.example.com/")', []),
        ('fetch("http://172.15.0.1/")', []),
        ('fetch("https://api.example.com/")', []),
    ],
)
def test_who_is_asked(text: str, direct: list[bool]) -> None:
    script = Script(url="https://a.test/a.js", text=f"x();\n{text}")
    assert [each.is_direct for each in local_addresses(script)] == direct


@pytest.mark.parametrize(
    ("end", "address"),
    [
        ("//# sourceMappingURL=b.map", "https://a.test/x/b.map"),
        ("//@ sourceMappingURL=/b.map\n", "https://a.test/b.map"),
        ("//# sourceMappingURL=data:application/json;base64,e30=", None),
        ("//# sourceMappingURL=http://[", None),
        ("//# sourceMappingURL=file:///b.map", None),
        ("//# sourceMappingURL=b.map\na()", None),
    ],
)
def test_where_a_map_is(end: str, address: str | None) -> None:
    assert map_address(Script(url="https://a.test/x/a.js", text=f"a()\n{end}")) == address


def test_sections_of_a_map_count() -> None:
    section = {"offset": {"line": 0, "column": 0}, "map": json.loads(source_map())}
    assert sources_of(json.dumps({"version": 3, "sections": [section, section, 1]})) == 2


def test_a_broken_map_inside_is_none() -> None:
    text = "//# sourceMappingURL=data:application/json;base64,e"
    assert sources_inside(Script(url="https://a.test/a.js", text=text)) == 0


@given(st.text())
def test_any_text_is_a_map_or_none(text: str) -> None:
    assert sources_of(text) in (None, 0)


@given(st.text(alphabet="a\n '\"</script>"), st.integers(0, 40))
def test_places_are_those_of_the_page(text: str, at: int) -> None:
    page = page_of(f"<p>\n<script>{text}</script>", "https://a.test/")
    for _, line, inside in page.texts:
        script = Script(url="https://a.test/", text=inside, line=line, column=1)
        found, column = script.place(min(at, len(inside)))
        assert found >= line
        assert column >= 1

"""Which release an answer says it is, and whether that is the one that is expected."""

from launchready.facts.web import Response
from launchready.regex import Regex
from launchready.site import Release
from launchready.steps.smoke_test.html_page import page_of
from launchready.steps.smoke_test.routes.json_values import text_at

# Where frameworks and people put it, for a site whose config does not say.
USUAL_HEADERS = (
    "x-release",
    "x-commit",
    "x-commit-sha",
    "x-git-sha",
    "x-git-commit",
    "x-revision",
    "x-build-id",
    "x-app-version",
    "x-version",
)
_SHOWN = Regex(r"[A-Za-z0-9._+-]{1,64}")
_LEAST = 7  # what git abbreviates a commit to at the least


def release_of(response: Response, where: Release | None, expected: str | None) -> str | None:
    """The release that an answer names, None where it names none that can be shown."""
    found = _usual(response) if where is None else _declared(response, where, expected)
    text = (found or "").strip().strip('"')
    return text if _SHOWN.fullmatch(text) else None


def is_same(found: str, expected: str) -> bool:
    """Whether two names mean one release: commits may be cut to 7 signs, versions have a `v`."""
    one, other = found.lower().removeprefix("v"), expected.lower().removeprefix("v")
    if one == other:
        return True
    shorter, longer = sorted((one, other), key=len)
    is_commit = len(shorter) >= _LEAST and all(sign in "0123456789abcdef" for sign in shorter)
    return is_commit and longer.startswith(shorter)


def _usual(response: Response) -> str | None:
    return next((told for name in USUAL_HEADERS if (told := response.headers.get(name))), None)


def _declared(response: Response, where: Release, expected: str | None) -> str | None:
    if where.header:
        return response.headers.get(where.header.lower())
    if where.json:
        return text_at(response.text, where.json)
    page = page_of(response.text, response.url)
    if where.meta:
        return page.meta(where.meta.lower())
    if where.asset and expected:
        files = [tag.get("src") or tag.get("href") or "" for tag in page.named("script", "link")]
        is_named = any(expected[:_LEAST].lower() in file.lower() for file in files)
        return expected if is_named else "another" if files else None
    return _usual(response)

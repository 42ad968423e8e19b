"""Pages that a framework shows to its developers, and never to customers.

The signs are words of the frameworks' own templates: Django `django/views/templates/
technical_500.html`, Rails `actionpack/lib/action_dispatch/middleware/templates`, Werkzeug
`werkzeug/debug/tbtools.py`, Laravel Ignition, Symfony's ErrorHandler, the clients that Next.js and
Vite serve in development, Spring Boot's `ErrorMvcAutoConfiguration`, ASP.NET Core's
DeveloperExceptionPage.
"""

from launchready.facts.web import Response
from launchready.regex import Regex

_PAGES = (
    ("Django's debug page", Regex(r"seeing this error because you have <code>DEBUG = True</code>")),
    ("Rails' error page for developers", Regex(r"<title>Action Controller: Exception caught<")),
    ("Rails' error page for developers", Regex(r"<p><code>Rails\.root: ")),
    ("Werkzeug's debugger", Regex(r"__debugger__=yes&|\bEVALEX = (?:true|false)\b")),
    ("Laravel's error page for developers", Regex(r"window\.ignite\(|laravel-ignition")),
    ("Symfony's error page for developers", Regex(r"Symfony Exception</title>|\bsf-dump-")),
    (
        "a page of Next.js in development",
        Regex(
            r"/_next/static/(?:chunks/)?webpack\.hot-update|"
            r"/_next/static/development/|/_next/static/chunks/[^\"']{0,80}_?hmr-client"
        ),
    ),
    ("a page of Vite in development", Regex(r"<script type=\"module\" src=\"/@vite/client\"")),
    (
        "a PHP error",  # as markup, and so with any status: PHP has sent 200 when it breaks
        Regex(
            r"<b>(?:Fatal error|Parse error|Warning|Notice|Deprecated)</b>:\s[^\0]{1,2000}?"
            r" in <b>[^<>\n]{2,300}</b> on line <b>\d{1,7}</b>"
        ),
    ),
    ("Spring Boot's default error page", Regex(r"<h1>Whitelabel Error Page</h1>")),
    (
        "ASP.NET's error page for developers",
        Regex(r"<title>Internal Server Error</title>[\s\S]{0,9000}An unhandled exception occurred"),
    ),
)
# What a page about programming may show, too: only of an error does it count.
_TRACES = (
    ("a Python stack trace", Regex(r"Traceback \(most recent call last\):\s+File \S")),
    (
        "a Node.js stack trace",
        Regex(r"\bat [\w.<>\[\] ]{1,80} \((?:/|file:|node:)[^)\s]{2,200}:\d{1,6}:\d{1,6}\)"),
    ),
    ("a PHP error", Regex(r"(?:Fatal|Parse) error(?:</b>)?:\s[^\n]{1,300}? in (?:<b>)?/\S{2,200}")),
    ("a Java stack trace", Regex(r"\bat (?:java|javax|org|com)\.[\w.$]{3,120}\(\w{1,60}\.java:\d")),
    ("a Go stack trace", Regex(r"\bgoroutine \d{1,9} \[running\]:")),
    ("a Ruby stack trace", Regex(r"\.rb:\d{1,6}:in [`'][\w ?!<>=#:.]{1,80}'")),
)


def debug_sign(response: Response) -> str | None:
    """What kind of page for developers an answer is, None where it is none."""
    signs = _PAGES if response.status < 400 else (*_PAGES, *_TRACES)
    text = response.text
    return next((name for name, pattern in signs if pattern.search(text)), None)

"""Config files that are YAML and wrong: every fault, in order, as a person reads it."""

import unicodedata

import pytest
from tests.unit.config.samples import ENVIRON, PATH, faults_of

# Why the row exists -> the file, and each line that is told of it.
Table = dict[str, tuple[str, ...]]

HEAD = "must begin with `version: 1`, then settings, `name: value`"
NUMBER_1 = "must be the number 1; `launchready config migrate` brings an older file up to date"
MISSING = "is missing; write `version: 1` as the first line"
HOLD = "must hold settings, `name: value`"
COLOURS = "must be one of red, dark-blue, off"
VARIABLE = "a variable is written ${NAME} or ${NAME:-what to take where unset}"
LONG = "x" * 3000

WHOLE_FILES: Table = {
    "empty": ("", f"1:1: {HEAD}"),
    "comment-only": ("# nothing yet\n", f"1:1: {HEAD}"),
    "null": ("---\n", f"2:1: {HEAD}"),
    "list-at-the-top": ("\n- site\n", f"2:1: {HEAD}"),
    "text-at-the-top": ("hello\n", f"1:1: {HEAD}"),
    "number-at-the-top": ("1\n", f"1:1: {HEAD}"),
    "no-version": (
        "# my config\nsite:\n  port: 0\n",
        f"2:1: version: {MISSING}",
        "3:9: site.port: must be at least 1 (got 0)",
    ),
    "version-misspelled": (
        "verison: 1\n",
        "1:1: unknown setting verison; did you mean version?",
        f"1:1: version: {MISSING}",
    ),
    "version-2-stops-all-else": ("version: 2\nsites: 1\n", f"1:10: version: {NUMBER_1}"),
    "version-0": ("site: {}\nversion: 0\n", f"2:10: version: {NUMBER_1}"),
    "version-1.5": ("version: 1.5\n", f"1:10: version: {NUMBER_1}"),
    "version-text": ('version: "1"\n', f"1:10: version: {NUMBER_1}"),
    "version-true": ("version: true\n", f"1:10: version: {NUMBER_1}"),
    "version-empty": ("version:\n", f"1:9: version: {NUMBER_1}"),
    "version-list": ("version: [1]\n", f"1:10: version: {NUMBER_1}"),
    "crlf-and-bom": (
        "\ufeffversion: 1\r\n\r\nsite:\r\n  port: 0\r\n",
        "4:9: site.port: must be at least 1 (got 0)",
    ),
    "all-at-once-in-order": (
        "version: 1\nzones: {a: 1}\nsite:\n  port: x\n  title: 1\nverson: 1\ncolour: rde\n",
        f"2:12: zones.a: {HOLD} (got a number)",
        '4:9: site.port: must be a whole number (got "x")',
        "5:10: site.title: must be text (got 1); put it in quotes",
        "6:1: unknown setting verson; did you mean version?",
        f'7:9: colour: {COLOURS} (got "rde"); did you mean red?',
    ),
}

# `version: 1` stands below each of the rows from here on.
KEYS: Table = {
    "near-a-section": ("sites:\n  port: 1\n", "1:1: unknown setting sites; did you mean site?"),
    "near-a-setting": ("site:\n  prot: 1\n", "2:3: site: unknown setting prot; did you mean port?"),
    "underscores": (
        "deploy: {target: a, Target: b}\n",
        "1:21: deploy: unknown setting Target; did you mean target?",
    ),
    "far-from-all": ("site:\n  whatever: 1\n", "2:3: site: unknown setting whatever"),
    "of-another-section": ("target: x\n", "1:1: unknown setting target"),
    "of-the-command-line-only": (
        "deploy: {target: a, dry-run: true}\n",
        "1:21: deploy: unknown setting dry-run",
    ),
    "in-a-list": (
        "windows:\n  - name: a\n    dais: 2\n",
        "3:5: windows[0]: unknown setting dais; did you mean days?",
    ),
    "in-a-table": (
        "zones:\n  a:\n    name: a\n    nam: b\n",
        "4:5: zones.a: unknown setting nam; did you mean name?",
    ),
    "section-is-a-list": ("site: []\n", f"1:7: site: {HOLD} (got a list)"),
    "section-is-text": ("site: on\n", f"1:7: site: {HOLD} (got text)"),
    "section-is-a-number": ("site: 1\n", f"1:7: site: {HOLD} (got a number)"),
    "section-is-true": ("site: true\n", f"1:7: site: {HOLD} (got true or false)"),
    "required-in-an-empty-section": ("deploy:\n", "1:8: deploy.target: is missing"),
    "required-in-a-section": ("deploy: {preview: a}\n", "1:9: deploy.target: is missing"),
    "required-in-a-list": (
        "windows:\n  - name: a\n  - days: 2\n",
        "3:5: windows[1].name: is missing",
    ),
}

HOSTILE_KEYS: Table = {
    "very-long": (
        f"site:\n  ? {LONG}\n  : 1\n",
        "2:5: site: unknown setting [text of length 3000]",
    ),
    "workflow-command": ('"::error::x": 1\n', "1:1: unknown setting [text of length 10]"),
    "old-workflow-command": ('"##[error]x": 1\n', "1:1: unknown setting [text of length 10]"),
    "markup": ('"<img src=x>": 1\n', "1:1: unknown setting [text of length 11]"),
    "tab": ('"a\\tb": 1\n', "1:1: unknown setting [text of length 3]"),
    "right-to-left": ("\u202eabc: 1\n", "1:1: unknown setting [text of length 4]"),
    "empty": ("'': 1\n", "1:1: unknown setting [text of length 0]"),
    "in-a-table-that-takes-any": (
        'zones: {"::x::": {name: 1}}\n',
        "1:25: zones.[text of length 5].name: must be text (got 1); put it in quotes",
    ),
}

VALUES: Table = {
    "bool-yes": ("site: {enabled: yes}", '1:17: site.enabled: must be true or false (got "yes")'),
    "bool-on": ("site: {enabled: on}", '1:17: site.enabled: must be true or false (got "on")'),
    "bool-1": ("site: {enabled: 1}", "1:17: site.enabled: must be true or false (got 1)"),
    "bool-null": ("site: {enabled: }", "1:16: site.enabled: must be true or false (got nothing)"),
    "bool-list": ("site: {enabled: []}", "1:17: site.enabled: must be true or false (got a list)"),
    "int-below": ("site: {port: 0}", "1:14: site.port: must be at least 1 (got 0)"),
    "int-above": ("site: {port: 65536}", "1:14: site.port: must be at most 65535 (got 65536)"),
    "int-fraction": ("site: {port: 1.5}", "1:14: site.port: must be a whole number (got 1.5)"),
    "int-quoted": ("site: {port: '80'}", '1:14: site.port: must be a whole number (got "80")'),
    "int-true": ("site: {port: true}", "1:14: site.port: must be a whole number (got true)"),
    "int-hexadecimal": (
        "site: {port: 0x10}",
        '1:14: site.port: must be a whole number (got "0x10")',
    ),
    "int-octal": ("site: {port: 012}", '1:14: site.port: must be a whole number (got "012")'),
    "int-sexagesimal": (
        "site: {port: 12:30}",
        '1:14: site.port: must be a whole number (got "12:30")',
    ),
    "int-of-forty-digits": (
        f"site: {{port: {'9' * 40}}}",
        "1:14: site.port: must be at most 65535 (got [text of length 40])",
    ),
    "int-settings": (
        "site: {port: {a: 1}}",
        "1:14: site.port: must be a whole number (got settings)",
    ),
    "float-above": ("site: {ratio: 1.01}", "1:15: site.ratio: must be at most 1 (got 1.01)"),
    "float-below": ("site: {ratio: -1e-3}", "1:15: site.ratio: must be at least 0 (got -0.001)"),
    "float-infinity": ("site: {ratio: .inf}", '1:15: site.ratio: must be a number (got ".inf")'),
    "float-false": ("site: {ratio: false}", "1:15: site.ratio: must be a number (got false)"),
    "float-null": (
        "site: {factor: ~, ratio: ~}",
        "1:26: site.ratio: must be a number (got nothing)",
    ),
    "str-number": (
        "site: {title: 12}",
        "1:15: site.title: must be text (got 12); put it in quotes",
    ),
    "str-exponent": (
        "site: {title: 1e3}",
        "1:15: site.title: must be text (got 1000.0); put it in quotes",
    ),
    "str-true": (
        "site: {title: true}",
        "1:15: site.title: must be text (got true); put it in quotes",
    ),
    "str-null": ("site: {title: ~}", "1:15: site.title: must be text (got nothing)"),
    "str-list": ("site: {title: [a]}", "1:15: site.title: must be text (got a list)"),
    "str-pattern": (
        "site: {title: Home}",
        '1:15: site.title: must be lower-case letters (got "Home")',
    ),
    "str-pattern-without-words": (
        "site: {slug: 'A b'}",
        '1:14: site.slug: must be like ^[a-z-]+$ (got "A b")',
    ),
    "str-empty": ("site: {slug: ''}", "1:14: site.slug: must be like ^[a-z-]+$ (got empty text)"),
    "str-long": (
        f"site: {{title: {LONG.upper()}}}",
        "1:15: site.title: must be lower-case letters (got [text of length 3000])",
    ),
    "str-command": (
        "site: {title: '##[error]x'}",
        "1:15: site.title: must be lower-case letters (got [text of length 10])",
    ),
    "date-month-13": (
        "site: {since: 2026-13-01}",
        '1:15: site.since: is no day of the calendar (got "2026-13-01")',
    ),
    "date-other-order": (
        "site: {since: 1.2.2026}",
        '1:15: site.since: must be a date, YYYY-MM-DD (got "1.2.2026")',
    ),
    "date-week": (
        "site: {since: 2026-W01-1}",
        '1:15: site.since: must be a date, YYYY-MM-DD (got "2026-W01-1")',
    ),
    "date-and-time": (
        "site: {since: '2026-01-02T03:04'}",
        '1:15: site.since: must be a date, YYYY-MM-DD (got "2026-01-02T03:04")',
    ),
    "date-number": (
        "site: {since: 20260101}",
        "1:15: site.since: must be a date, YYYY-MM-DD (got 20260101)",
    ),
    "date-null": ("site: {until: ~}", "1:15: site.until: must be a date, YYYY-MM-DD (got nothing)"),
    "enum-near": (
        "colour: dark_blue",
        f'1:9: colour: {COLOURS} (got "dark_blue"); did you mean dark-blue?',
    ),
    "enum-capitals": ("colour: RED", f'1:9: colour: {COLOURS} (got "RED"); did you mean red?'),
    "enum-far": ("colour: yellowish", f'1:9: colour: {COLOURS} (got "yellowish")'),
    "a-short-key": (
        "colour: AB12CD34EF56GH78",
        f"1:9: colour: {COLOURS} (got [text of length 16])",
    ),
    "a-long-number": (
        "colour: '123456789012'",
        f"1:9: colour: {COLOURS} (got [text of length 12])",
    ),
    "letters-by-chance": (
        "colour: qWeRtZuIoPaS",
        f"1:9: colour: {COLOURS} (got [text of length 12])",
    ),
    "enum-false-of-yaml-1-1": ("colour: false", f"1:9: colour: {COLOURS} (got false)"),
    "enum-list": ("colour: [red]", f"1:9: colour: {COLOURS} (got a list)"),
    "enum-null": ("colour:", f"1:8: colour: {COLOURS} (got nothing)"),
    "tuple-text": ("site: {paths: a}", "1:15: site.paths: must be a list (got text)"),
    "tuple-null": ("site:\n  paths:\n", "2:9: site.paths: must be a list (got nothing)"),
    "tuple-items": (
        "site: {paths: [a, 1, '', [b]]}",
        "1:19: site.paths[1]: must be text (got 1); put it in quotes",
        "1:22: site.paths[2]: must be a path (got empty text)",
        "1:26: site.paths[3]: must be text (got a list)",
    ),
    "tuple-of-enum": (
        "site: {colours: [red, rad]}",
        f'1:23: site.colours[1]: {COLOURS} (got "rad"); did you mean red?',
    ),
    "tuple-of-nested": (
        "windows: [{name: a}, {days: 9}, x, ]",
        "1:22: windows[1].name: is missing",
        "1:29: windows[1].days: must be at most 7 (got 9)",
        f"1:33: windows[2]: {HOLD} (got text)",
    ),
    "tuple-is-settings": ("windows: {name: a}", "1:10: windows: must be a list (got settings)"),
    "nested-null": ("windows:\n  -\n", f"2:4: windows[0]: {HOLD} (got nothing)"),
    "nested-optional-enum": (
        "windows: [{name: a, colour: 1}]",
        f"1:29: windows[0].colour: {COLOURS} (got 1)",
    ),
    "table-list": (
        "site: {limits: [a]}",
        "1:16: site.limits: must hold `name: value` lines (got a list)",
    ),
    "table-null": ("zones:", "1:7: zones: must hold `name: value` lines (got nothing)"),
    "table-values": (
        "site: {limits: {a: -1, b: x}}",
        "1:20: site.limits.a: must be at least 0 (got -1)",
        '1:27: site.limits.b: must be a whole number (got "x")',
    ),
    "table-of-nested": ("zones: {north: {days: 1}}", "1:16: zones.north.name: is missing"),
    "by-alias-stands-at-the-anchor": (
        "site: {big: &x a, port: *x}",
        '1:13: site.big: must be a whole number (got "a")',
        '1:13: site.port: must be a whole number (got "a")',
    ),
}

VARIABLES: Table = {
    "unset": (
        "site: {address: 'https://${NOWHERE}/'}",
        "1:17: site.address: environment variable NOWHERE is not set, or empty",
    ),
    "empty": (
        "site: {address: 'https://${EMPTY}/'}",
        "1:17: site.address: environment variable EMPTY is not set, or empty",
    ),
    "pattern-after-replacement": (
        "site: {address: '${HOST}'}",
        "1:17: site.address: must be an https address",
    ),
    "in-a-list": (
        "site: {headers: ['${HOST}', '${NOWHERE}']}",
        "1:29: site.headers[1]: environment variable NOWHERE is not set, or empty",
    ),
    "not-closed": ("site: {address: 'https://${HOST'}", f"1:17: site.address: {VARIABLE}"),
    "not-a-name": ("site: {address: 'https://${my-host}'}", f"1:17: site.address: {VARIABLE}"),
    "nested": ("site: {address: 'https://${A:-${HOST}}'}", f"1:17: site.address: {VARIABLE}"),
    "name-too-long-to-show": (
        f"site: {{address: '${{{'A' * 60}}}'}}",
        "1:17: site.address: environment variable [text of length 60] is not set, or empty",
    ),
    "not-in-settings-that-do-not-say-so": (
        "site: {title: '${HOST}'}",
        "1:15: site.title: must be lower-case letters (got [text of length 7])",
    ),
}

SECRETS: Table = {
    "wrong-text": ("site: {token: hunter2}", "1:15: site.token: must be like ^tk-"),
    "wrong-text-of-the-environment": (
        "site: {token: '${TOKEN}'}",
        "1:15: site.token: must be like ^tk-",
    ),
    "number": ("site: {token: 1234567}", "1:15: site.token: must be text; put it in quotes"),
    "list": ("site: {token: [hunter2]}", "1:15: site.token: must be text (got a list)"),
    "settings": (
        "site: {token: {hunter2: hunter2}}",
        "1:15: site.token: must be text (got settings)",
    ),
    "number-out-of-bounds": ("site: {pin: -1234}", "1:13: site.pin: must be at least 1"),
    "text-for-a-number": ("site: {pin: hunter2}", "1:13: site.pin: must be a whole number"),
    "text-that-is-replaced": (
        "site: {address: hunter2}",
        "1:17: site.address: must be an https address",
    ),
}


def check(content: str, expected: tuple[str, ...]) -> None:
    found = faults_of(content)
    assert found == [f"{PATH}:{line}" for line in expected]
    for line in found:
        assert not any(unicodedata.category(char).startswith("C") for char in line)


@pytest.mark.parametrize("row", WHOLE_FILES.values(), ids=WHOLE_FILES)
def test_whole_files(row: tuple[str, ...]) -> None:
    content, *expected = row
    check(content, tuple(expected))


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(row, id=f"{name}-{why}")
        for name, table in {
            "key": KEYS,
            "hostile-key": HOSTILE_KEYS,
            "value": VALUES,
            "variable": VARIABLES,
            "secret": SECRETS,
        }.items()
        for why, row in table.items()
    ],
)
def test_with_the_right_version(row: tuple[str, ...]) -> None:
    content, *expected = row
    check(f"{content}\nversion: 1\n", tuple(expected))


def test_no_value_of_the_environment_is_told() -> None:
    rows = [row for table in (VARIABLES, SECRETS) for row in table.values()]
    told = "\n".join(line for row in rows for line in row[1:])
    assert not [value for value in ENVIRON.values() if value and value in told]

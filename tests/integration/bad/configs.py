"""Config files and baselines that are wrong."""

import os
from pathlib import Path

from tests.integration.bad.cases import BASELINE, KEY, Build, Case, Shop

from launchready.config.compose import MAX_DEPTH, MAX_VALUES
from launchready.config.decode import MAX_BYTES


def config(text: str | bytes, name: str = "launchready.yml") -> Build:
    """The shop has this config file."""
    return lambda shop: shop.repository.write({name: text})


def settings(text: str) -> Build:
    """The same below `version: 1`."""
    return config(f"version: 1\n{text}\n")


def baseline(text: str | bytes) -> Build:
    """The shop has this baseline."""
    return config(text, BASELINE)


def _folder(shop: Shop) -> None:
    (shop.folder / "launchready.yml").mkdir()


def _dangling(shop: Shop) -> None:
    (shop.folder / "launchready.yml").symlink_to("nowhere.yml")


def _pipe(shop: Shop) -> None:
    os.mkfifo(shop.folder / "launchready.yml")


def _unreadable(shop: Shop) -> None:
    settings("fail-on: note")(shop)
    (shop.folder / "launchready.yml").chmod(0)
    shop.heeds_permissions = True


def _two(shop: Shop) -> None:
    settings("fail-on: note")(shop)
    config("version: 1\n", ".github/launchready.yml")(shop)


def _endless_baseline(shop: Shop) -> None:
    Path(shop.folder, BASELINE).parent.mkdir()
    os.mkfifo(Path(shop.folder, BASELINE))


def _linked_baseline(shop: Shop) -> None:
    Path(shop.folder, BASELINE).parent.mkdir()
    Path(shop.folder, BASELINE).symlink_to("/dev/zero")


def _bomb() -> str:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 9)]
    return "\n".join(lines)


CONFIGS = (
    *(
        Case(
            why=f"a document to be written to {place}",
            words=("env-lint", "--document"),
            build=settings(f"env-lint: {{document-file: {place}}}"),
            code=2,
            line="launchready.yml:2:27: env-lint.document-file: must be a file of the repository…",
        )
        for place in (
            "../../ran.md",
            "/tmp/ran.md",
            ".git/config",
            "app/../../ran.md",
            '"a\\nran.md"',
        )
    ),
    *(
        Case(
            why=f"a list of names outside: {given}",
            words=("env-lint",),
            build=settings(f"env-lint: {{inventory: [{given}]}}"),
            code=2,
            line="launchready.yml:2:24: env-lint.inventory[0]: must be a file of the repository,…",
        )
        for given in ("/etc/hosts", "production=../list.txt", "production=app/../../list.txt")
    ),
    *(
        Case(
            why=f"a pattern that is none in {section}",
            words=("check",),
            build=settings(f"{section}: {{exclude: [docs/, '[']}}"),
            code=2,
            line=f"launchready.yml:2:{len(section) + 21}: {section}.exclude[1]: must be a path or…",
        )
        for section in ("env-lint", "secret-scan")
    ),
    Case(
        why="a file whose pattern is none",
        words=("env-lint",),
        build=settings("env-lint: {files: {'a[b': production}}"),
        code=2,
        line="launchready.yml:2:20: env-lint.files.a[b: is no pattern: must be a path or…",
    ),
    Case(
        why="a loader that nobody knows",
        words=("env-lint",),
        build=settings("env-lint: {loaders: [nxet]}"),
        code=2,
        line="launchready.yml:2:22: env-lint.loaders[0]: must be one of dotenv, dotenv-flow,…",
    ),
    Case(
        why="an unknown setting is told what it may have been",
        build=settings(f'fail_onn: "{KEY}"'),
        code=2,
        line="launchready.yml:2:1: unknown setting fail_onn; did you mean fail-on?",
    ),
    Case(
        why="an unknown setting of a section",
        build=settings("secret-scan:\n  histori: false"),
        code=2,
        line="launchready.yml:3:3: secret-scan: unknown setting histori; did you mean history?",
    ),
    Case(
        why="text where true or false is due",
        build=settings("secret-scan: {history: sometimes}"),
        code=2,
        line='launchready.yml:2:24: secret-scan.history: must be true or false (got "sometimes")',
    ),
    Case(
        why="a word that is none of the choices",
        build=settings("fail-on: warnings"),
        code=2,
        line="launchready.yml:2:10: fail-on: must be one of note, warning, error, never"
        ' (got "warnings"); did you mean warning?',
    ),
    Case(
        why="a credential pasted in the wrong place is not repeated",
        build=settings(f"fail-on: {KEY}"),
        code=2,
        line="launchready.yml:2:10: fail-on: must be one of note, warning, error, never"
        f" (got [text of length {len(KEY)}])",
    ),
    Case(
        why="a list where settings are due",
        build=settings("secret-scan: [history]"),
        code=2,
        line="launchready.yml:2:14: secret-scan: must hold settings, `name: value` (got a list)",
    ),
    Case(
        why="one text where a list is due",
        build=settings("secret-scan: {exclude: docs}"),
        code=2,
        line="launchready.yml:2:24: secret-scan.exclude: must be a list (got text)",
    ),
    Case(
        why="a setting twice, of which only one can count",
        build=settings("fail-on: note\nfail-on: never"),
        code=2,
        line="launchready.yml:3:1: this name stands already in line 2; keep one of the two",
    ),
    Case(
        why="no YAML: a bracket that is not closed",
        build=settings("exclude: [docs\nfail-on: note"),
        code=2,
        line="launchready.yml:2:10: not valid YAML: this [ is not closed, or a comma is missing"
        " after it",
    ),
    Case(
        why="no YAML: a tab for indentation",
        build=settings("secret-scan:\n\thistory: false"),
        code=2,
        line="launchready.yml:3:1: not valid YAML: a tab stands here; use spaces, and put text"
        " that holds tabs in quotes",
    ),
    Case(
        why="no settings at all but a sentence",
        build=config("please fail on errors\n"),
        code=2,
        line="launchready.yml:1:1: must begin with `version: 1`, then settings, `name: value`",
    ),
    Case(
        why="an empty file says nothing",
        build=config(""),
        code=2,
        line="launchready.yml:1:1: must begin with `version: 1`, then settings, `name: value`",
    ),
    Case(
        why="the version is missing",
        build=config("fail-on: note\n"),
        code=2,
        line="launchready.yml:1:1: version: is missing; write `version: 1` as the first line",
    ),
    Case(
        why="a version of the future",
        build=config("version: 2\n"),
        code=2,
        line="launchready.yml:1:10: version: must be the number 1; `launchready config migrate`"
        " brings an older file up to date",
    ),
    Case(
        why="a version that nothing comes from cannot be migrated",
        build=config("version: 2\n"),
        words=("config", "migrate"),
        code=2,
        line="error: launchready.yml is not of version 1, the only one that this release knows",
    ),
    Case(
        why="UTF-16, as an editor on Windows may save it",
        build=config("version: 1\n".encode("utf-16")),
        code=2,
        line="launchready.yml:1:1: the file is UTF-16; save it as UTF-8",
    ),
    Case(
        why="Latin-1",
        build=config("version: 1\n# café\n".encode("latin-1")),
        code=2,
        line="launchready.yml:2:6: this is not UTF-8; save the file as UTF-8",
    ),
    Case(
        why="a NUL byte",
        build=config(b"version: 1\nfail-on: \0note\n"),
        code=2,
        line="launchready.yml:2:10: character U+0000 may not stand here",
    ),
    Case(
        why="a terminal escape",
        build=config(b"version: 1\nfail-on: \x1b[31mnote\n"),
        code=2,
        line="launchready.yml:2:10: character U+001B may not stand here",
    ),
    Case(
        why="10 MB",
        build=config(b"version: 1\n" + b"# " + b"x" * 10_000_000),
        code=2,
        line=f"error: the config file launchready.yml is over the limit of {MAX_BYTES:,} bytes",
    ),
    Case(
        why="nested a thousand deep",
        build=settings("ignore: " + "[" * 1000 + "]" * 1000),
        code=2,
        line=f"launchready.yml:2:{9 + MAX_DEPTH - 1}: nested deeper than {MAX_DEPTH} levels",
    ),
    Case(
        why="aliases that stand for a thousand million values",
        build=settings(_bomb()),
        code=2,
        line=f"launchready.yml:6:10: more than {MAX_VALUES:,} values, aliases written out",
    ),
    Case(
        why="a tag that other loaders would run",
        build=settings("fail-on: !!python/object/apply:os.system [touch ran]"),
        code=2,
        line="launchready.yml:2:10: tags have no meaning here; put text that begins with ! in"
        " quotes",
    ),
    Case(
        why="a folder in the place of the file",
        build=_folder,
        code=2,
        line="error: the config file launchready.yml is a folder",
    ),
    Case(
        why="a link to nowhere is not no config",
        build=_dangling,
        code=2,
        line="error: the config file launchready.yml is a link to a file that is not there",
    ),
    Case(
        why="a named pipe that nobody writes into is not waited for",
        build=_pipe,
        code=2,
        line="error: the config file launchready.yml is not a regular file",
    ),
    Case(
        why="a config that this user may not read",
        build=_unreadable,
        code=2,
        line="error: the config file launchready.yml may not be read by this user",
    ),
    Case(
        why="two files, of which only one can count",
        build=_two,
        code=2,
        line="error: there is more than one config file: launchready.yml and"
        " .github/launchready.yml",
    ),
    Case(
        why="an ending that is not looked for",
        build=config("version: 1\n", "launchready.yaml"),
        code=2,
        line="error: launchready.yaml is not read: the name of the config file ends in .yml",
    ),
    Case(
        why="a rule that no step has",
        build=settings("rules: {stripe-live-secret-kee: {severity: off}}"),
        code=2,
        line="launchready.yml:2:9: rules.stripe-live-secret-kee: there is no rule"
        " stripe-live-secret-kee; did you mean stripe-live-secret-key?",
    ),
    Case(
        why="a credential in the place of a rule is not repeated",
        build=settings(f"rules: {{{KEY}: {{severity: off}}}}"),
        code=2,
        line=f"launchready.yml:2:9: rules.[text of length {len(KEY)}]: there is no rule"
        f" [text of length {len(KEY)}]",
    ),
    Case(
        why="a rule that no step has is accepted for nothing",
        build=settings("ignore:\n- {rule: stripe-live, reason: old}"),
        code=2,
        line="launchready.yml:3:10: ignore[0].rule: there is no rule stripe-live; did you mean"
        " stripe-live-secret-key?",
    ),
    Case(
        why="a finding accepted without a reason",
        build=settings("ignore:\n- rule: generic-password"),
        code=2,
        line="launchready.yml:3:3: ignore[0].reason: is missing",
    ),
    Case(
        why="a reason that is blank",
        build=settings("ignore:\n- {rule: generic-password, reason: ' '}"),
        code=2,
        line='launchready.yml:3:36: ignore[0].reason: must be text that is not empty (got " ")',
    ),
    Case(
        why="an entry that would accept everything",
        build=settings("ignore:\n- reason: we know"),
        code=2,
        line="launchready.yml:3:11: ignore[0]: names no rule, path or fingerprint, so it would"
        " accept everything",
    ),
    Case(
        why="an end that is no date",
        build=settings("ignore:\n- {path: docs, reason: old, until: next year}"),
        code=2,
        line='launchready.yml:3:36: ignore[0].until: must be a date, YYYY-MM-DD (got "next year")',
    ),
    Case(
        why="an end on a day that does not exist",
        build=settings("ignore:\n- {path: docs, reason: old, until: 2027-02-30}"),
        code=2,
        line='launchready.yml:3:36: ignore[0].until: is no day of the calendar (got "2027-02-30")',
    ),
    Case(
        why="only what is new, without a base",
        build=settings("only-new: always"),
        code=2,
        line="error: only-new is set to always, but there is no base to compare with",
    ),
    Case(
        why="a baseline that is no JSON",
        build=baseline("{"),
        code=2,
        line=f"error: {BASELINE}:1: is not JSON from here on",
    ),
    Case(
        why="a baseline with two sides of a merge in it",
        build=baseline("{\n<<<<<<< HEAD\n=======\n>>>>>>> side\n}\n"),
        code=2,
        line=f"error: {BASELINE}:2: a merge left conflict markers here",
    ),
    Case(
        why="a baseline of another version",
        build=baseline('{"version": 9, "salt": "00", "findings": []}'),
        code=2,
        line=f'error: {BASELINE}:1: "version" must be 1 or 2; a newer launchready may have written'
        " it",
    ),
    Case(
        why="a baseline that is no text",
        build=baseline(b"\xff\xfe\x00"),
        code=2,
        line=f"error: cannot read the baseline {BASELINE}: not UTF-8 text",
    ),
    Case(
        why="a baseline without an end",
        build=_endless_baseline,
        code=2,
        line=f"error: the baseline {BASELINE} is not a regular file",
    ),
    Case(
        why="a link in the place of the baseline",
        build=_linked_baseline,
        code=2,
        line=f"error: the baseline {BASELINE} is not followed: {BASELINE} is a link",
    ),
    Case(
        why="a folder in the place of the baseline",
        build=lambda shop: Path(shop.folder, BASELINE).mkdir(parents=True),
        code=2,
        line=f"error: cannot read the baseline {BASELINE}: Is a directory",
    ),
    Case(
        why="a baseline under a file",
        build=settings("baseline: README.md/baseline.json"),
        code=2,
        line="error: cannot read the baseline README.md/baseline.json: Not a directory",
    ),
    Case(
        why="nothing to take out of",
        words=("baseline", "--prune"),
        code=2,
        line=f"error: there is no baseline {BASELINE} to prune",
    ),
)

"""Reads in shell scripts, Makefiles and the scripts of `package.json`."""

import pytest
from tests.unit.steps.env_lint.reads.reading import lines_of

CASES = {
    "plain": ('echo "$A" ${B}', ["A guarded", "B guarded"]),
    "needed": ('echo "${A:?not set}" ${B?}', ["A required", "B required"]),
    "default": ("x=${A:-d} : ${B:=e} ${C-}", ["A default 'd'", "B default 'e'", "C default ''"]),
    "default of another": ("x=${A:-$B}", ["A default", "B guarded"]),
    "alternative": ("echo ${A:+yes}", ["A guarded"]),
    "strict": ("set -euo pipefail\necho $A ${B:-}", ["A required", "B default ''"]),
    "own": ("A=1\nexport B=2\nfor C in x; do echo $A $B $C; done", []),
    "own of a function": ('f() {\n  local A=$1\n  echo "$A"\n}', []),
    "own, read": ("read -r A B\necho $A $B", []),
    "no name that reading gives": ("# token: read from $A\necho $A", ["A guarded"]),
    "own, later": ("echo $A\nA=1\necho $A", ["A guarded"]),
    "own default": ('A="${A:-d}"\necho $A', ["A default 'd'"]),
    "names in both cases": ('echo "$WAIT_cmd" ${WAIT_start:-} $WAIT', ["WAIT guarded"]),
    "lower case, positional, the shell's": ("echo $a $1 $@ $HOME $PATH $BASH_SOURCE", []),
    "comment and single quotes": ("# $A\necho '$B' \\$C", []),
    "here document": ("cat <<EOF\n$A\nEOF\ncat <<'EOF'\n$B\nEOF", ["A guarded"]),
    "leaves without it": ('if [ -z "$A" ]; then\n  echo no; exit 1\nfi', ["A required"]),
    "leaves in one line": ('[ -z "$A" ] && exit 1\n[[ -n "$B" ]] || exit 1',
                           ["A required", "B required"]),
    "leaves well without it": ('[ -z "$A" ] && exit 0', ["A guarded"]),
    "looks at it": ('if [ -n "$A" ]; then echo "$A"; exit 1; fi', ["A guarded", "A guarded"]),
    "looks at it where unset ones are forbidden": (
        'set -u\nif [[ -n "${A:-}" ]]; then echo "$A"; fi', ["A guarded", "A guarded"]),
    "leaves where unset ones are forbidden": (
        'set -u\nif [[ -z "${A:-}" ]]; then exit 1; fi\necho "$A"', ["A required", "A required"]),
    "given if it is not": ('if [ -z "$A" ]; then A=5; fi\necho $A', ["A guarded"]),
    "shown": ("printenv\nenv | sort", ["shows-all printenv", "shows-all env"]),
    "kept or filtered": ("env | grep X\nprintenv > file\nfor v in $(env); do :; done", []),
    "printenv of one": ("printenv HOME; env X=1 cmd", []),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_shell(name: str) -> None:
    text, expected = CASES[name]
    assert lines_of("run.sh", text) == expected


def test_scripts_without_an_ending_are_told_by_their_first_line() -> None:
    assert lines_of("bin/setup", '#!/usr/bin/env ruby\nENV.fetch("A")') == ["A required"]
    assert lines_of("bin/setup", "#!/bin/sh -e\necho ${A:?}") == ["A required"]
    assert lines_of("docker-entrypoint", "#!/bin/bash\necho ${A:?}") == ["A required"]
    assert lines_of("dev/cli/install", "#!/bin/sh\necho ${A:?}") == ["A required"]
    assert lines_of("bin/data", "echo ${A:?}") == []


def test_makefile() -> None:
    text = (
        "A := 1\nB ?= dev\nC ?= $(A)\nall:\n"
        "\techo $(A) $(B) $(D) $${E} $$F $(MAKE) $$HOME\n\tG=1; echo $$G\n# $(H)\n"
    )
    assert lines_of("Makefile", text) == [
        "B default 'dev'",
        "C default",
        "D guarded",
        "E guarded",
        "F guarded",
    ]


def test_scripts_of_a_package() -> None:
    text = """{
  "name": "$NO",
  "scripts": {
    "start": "serve -p $PORT",
    "dev": "A=1 run $A ${B:-d} \\\\$NOT $npm_package_name"
  },
  "other": "$NO"
}"""
    assert lines_of("package.json", text) == ["PORT guarded", "B default 'd'"]
    assert lines_of("package.json", '{"scripts": {"a": "$A"') == []

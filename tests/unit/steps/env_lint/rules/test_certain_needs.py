"""An undeclared variable is an error only where the code shows that the product fails without."""

from pathlib import Path

import pytest
from tests.unit.steps.env_lint.linted import fires, silent

LISTED = "--- .env.example\nLISTED=\n"
FAILS = {
    "asserted": "--- a.ts\nnew Pay(process.env.PAY_KEY!);\n",
    "cast": "--- a.ts\nnew Pay({ key: process.env.PAY_KEY as string });\n",
    "a text": "--- a.ts\nfetch(`https://pay.example/${process.env.PAY_KEY}`);\n",
    "thrown": "--- a.ts\nconst k = process.env.PAY_KEY;\nif (!k) throw new Error();\n",
    "a part": "--- a.ts\nconst k = process.env.PAY_KEY.split(',');\n",
    "in production": "--- a.ts\nif (process.env.NODE_ENV === 'production')"
    " go(process.env.PAY_KEY!);\n",
    "in a request": "--- a.ts\nasync function a(r) { if (r.paid) go(process.env.PAY_KEY!); }\n",
    "a wrapper that throws": "--- a.ts\nfunction mustEnv(n: string) { const v = process.env[n];"
    " if (!v) throw new Error(n); return v; }\nnew Pay(mustEnv('PAY_KEY'));\n",
    "Python's index": "--- a.py\nimport os\nkey = os.environ['PAY_KEY']\n",
    "Python, raised": "--- a.py\nimport os\nk = os.getenv('PAY_KEY')\n"
    "if not k:\n    raise ValueError\n",
    "an entry point": "--- main.py\nimport os\nif __name__ == '__main__':\n"
    "    go(os.environ['PAY_KEY'])\n",
    "Ruby": "--- a.rb\nkey = ENV.fetch('PAY_KEY')\n",
    "Rails in production": "--- a.rb\nif Rails.env.production?\n  k = ENV.fetch('PAY_KEY')\nend\n",
}
UNCERTAIN = {
    "handed on": "--- a.js\nTracker.init({ dsn: process.env.PAY_KEY });\n",
    "done without elsewhere": "--- a.ts\nnew Pay(process.env.PAY_KEY!);\n"
    "--- b.ts\nconst paid = process.env.PAY_KEY ? 1 : 0;\n",
    "an argument": "--- a.js\nnew Pay(process.env.PAY_KEY);\n",
    "a key to what makes nothing": "--- a.js\npay(process.env.PAY_KEY);\n",
    "a provider": "--- a.ts\nfunction a(c) { if (c.provider === 'x') go(process.env.PAY_KEY!); }\n",
    "a case": "--- a.ts\nfunction a(driver) { switch (driver) {"
    " case 's3': go(process.env.PAY_KEY!); } }\n",
    "left before": "--- a.ts\nfunction a() { if (!config.paid) return;"
    " go(process.env.PAY_KEY!); }\n",
    "a module's switch": "--- a.ts\nconst a = isPaid ? go(process.env.PAY_KEY!) : null;\n",
    "a wrapper that hands on": "--- a.ts\nconst readEnv = (n: string) => process.env[n];\n"
    "new Pay(readEnv('PAY_KEY'));\n",
    "Python's switch": "--- a.py\nimport os\nif PAID:\n    key = os.environ['PAY_KEY']\n",
    "Python's flag": "--- a.py\nimport os\ndef a(s):\n"
    "    return os.environ['PAY_KEY'] if s.use_paid else 0\n",
    "Ruby's modifier": "--- a.rb\nk = ENV.fetch('PAY_KEY') if Settings.paid\n",
    "not in production": "--- a.rb\nk = ENV.fetch('PAY_KEY') unless Rails.env.production?\n",
    "Ruby's case": "--- a.rb\ncase Settings.storage\nwhen 's3'\n  k = ENV.fetch('PAY_KEY')\nend\n",
}


@pytest.mark.parametrize("code", FAILS.values(), ids=FAILS)
def test_what_fails_is_an_error(code: str, tmp_path: Path) -> None:
    (found,) = fires(tmp_path, "undeclared-variable", LISTED + code)
    assert found.identity == "PAY_KEY"
    silent(tmp_path / "b", "read-but-undeclared", LISTED + code)


@pytest.mark.parametrize("code", UNCERTAIN.values(), ids=UNCERTAIN)
def test_what_may_do_without_is_a_note(code: str, tmp_path: Path) -> None:
    silent(tmp_path, "undeclared-variable", LISTED + code)
    fires(tmp_path / "b", "read-but-undeclared", LISTED + code)


def test_what_a_module_does_when_a_person_tries_it_is_no_product(tmp_path: Path) -> None:
    tried = (
        "--- shop/mail.py\nimport os\nif __name__ == '__main__':\n    go(os.environ['PAY_KEY'])\n"
    )
    silent(tmp_path, "undeclared-variable", LISTED + tried)
    fires(tmp_path / "b", "undeclared-in-tools", LISTED + tried)


def test_a_mock_is_no_product(tmp_path: Path) -> None:
    text = LISTED + "--- src/%s.ts\ngo(process.env.PAY_KEY!);\n"
    silent(tmp_path / "a", "undeclared-variable", text % "mock")
    fires(tmp_path / "b", "undeclared-variable", text % "mockingbird")


def test_a_switch_that_must_be_on_need_not_be_set(tmp_path: Path) -> None:
    text = LISTED + "--- a.ts\nif (process.env.SKIP_CHECKS !== 'true') throw new Error();\n"
    silent(tmp_path, "undeclared-variable", text)


NAMES = [f"KEY_{n}" for n in "ABCDE"]
PART = "--- package.json\n{}\n--- apps/%s/package.json\n{}\n--- apps/%s/a.ts\n"
CODE = "".join(f"go(process.env.{name}!);\n" for name in NAMES)


@pytest.mark.parametrize(("listed", "is_covered"), [(1, False), (2, True), (4, True)])
def test_a_part_is_covered_where_enough_of_it_is_listed(
    listed: int, is_covered: bool, tmp_path: Path
) -> None:
    template = "--- .env.example\n" + "".join(f"{name}=\n" for name in NAMES[:listed])
    text = template + PART % ("web", "web") + CODE
    if is_covered:
        assert len(fires(tmp_path, "undeclared-variable", text)) == len(NAMES) - listed
        silent(tmp_path / "b", "variables-listed-nowhere", text)
    else:
        silent(tmp_path, "undeclared-variable", text)
        (found,) = fires(tmp_path / "b", "variables-listed-nowhere", text)
        assert "4 variables are needed here" in found.message


def test_the_template_of_one_part_does_not_cover_another(tmp_path: Path) -> None:
    template = "--- apps/web/.env.example\n" + "".join(f"{name}=\n" for name in NAMES)
    other = CODE.replace("KEY_", "BOT_")
    text = template + PART % ("web", "web") + CODE + PART % ("bot", "bot") + other
    silent(tmp_path, "undeclared-variable", text)
    fires(tmp_path / "b", "variables-listed-nowhere", text)


def test_one_or_two_that_no_file_covers_are_a_note(tmp_path: Path) -> None:
    text = PART % ("web", "web") + "".join(CODE.splitlines(keepends=True)[:2])
    silent(tmp_path, "variables-listed-nowhere", text)
    fires(tmp_path / "b", "read-but-undeclared", text)


def test_what_one_template_lacks_of_another_part_s_variables(tmp_path: Path) -> None:
    schema = "".join(f"{name}: z.string()," for name in NAMES)
    code = f"export const e = createEnv({{ server: {{ {schema} }}, runtimeEnv: process.env }});\n"
    text = "--- .env.example\nLISTED=\n" + PART % ("shot", "shot") + code
    silent(tmp_path, "absent-from-template", text)
    most = "--- .env.example\n" + "".join(f"{name}=\n" for name in NAMES[1:])
    (found,) = fires(tmp_path / "b", "absent-from-template", most + PART % ("s", "s") + code)
    assert found.identity == NAMES[0]


def test_what_is_made_with_a_key_needs_it(tmp_path: Path) -> None:
    text = LISTED + "--- a.js\nconst pay = %s;\n"
    for number, code in enumerate(("new Pay({ k: process.env.PAY_API_KEY })", "createPay(KEY)")):
        made = code.replace("KEY)", "process.env.PAY_API_KEY)") if "(KEY)" in code else code
        fires(tmp_path / str(number), "undeclared-variable", text % made)
    silent(tmp_path / "c", "undeclared-variable", text % "show(process.env.PAY_API_KEY)")
    silent(tmp_path / "d", "undeclared-variable", text % "new Pay(process.env.PAY_API_LABEL)")


@pytest.mark.parametrize(
    "path", ["chart/templates/_env.tpl", ".env.client.diff", "src/env.ts.diff"]
)
def test_what_only_looks_like_an_env_file(path: str, tmp_path: Path) -> None:
    text = f"--- {path}\n- name: A\n- name: B\nname: C\n"
    silent(tmp_path / "a", "repeated-key", text)
    silent(tmp_path / "b", "unparsable-line", text)


def test_rake_tasks_are_tools(tmp_path: Path) -> None:
    task = LISTED + "--- lib/tasks/%s\nmail = ENV.fetch('PAY_KEY')\n"
    silent(tmp_path / "a", "undeclared-variable", task % "seed_mail.rake")
    fires(tmp_path / "b", "undeclared-variable", task % "mail.rb")

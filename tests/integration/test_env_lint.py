"""env-lint as people run it: reports without a value, one variable's story, fixes, the table."""

import random
import string
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.integration.command import Done, launchready
from tests.repository import Repository

from launchready.reporters import REPORTERS

DOCUMENT = "docs/environment.md"


class Canary:
    """Values that nothing may show."""

    def __init__(self) -> None:
        self._chance = random.Random()
        self.values: list[str] = []

    def secret(self, prefix: str = "", length: int = 32) -> str:
        """Another secret, which begins with what its provider publishes."""
        drawn = "".join(self._chance.choices(string.ascii_letters + string.digits, k=length))
        self.values.append(drawn)
        return prefix + drawn

    def assert_unseen(self, *texts: str) -> None:
        """No eight characters in a row of a value stand in what was written."""
        for text in texts:
            for value in self.values:
                pieces = {value[i : i + 8] for i in range(len(value) - 7)}
                assert not any(piece in text for piece in pieces), "a value is shown"


@pytest.fixture
def canary() -> Canary:
    return Canary()


@pytest.fixture
def shop(tmp_path: Path, canary: Canary) -> Repository:
    """A shop whose environments are mixed up in every way that a value has a part in."""
    shared = canary.secret()
    database = f"postgres://shop:{canary.secret()}@db.shop.example:5432/shop"
    live, hook = canary.secret("sk_live_"), canary.secret("whsec_")
    repository = Repository.at(tmp_path / "shop")
    repository.commit(
        {
            "package.json": '{"dependencies": {"next": "15", "stripe": "17"}}',
            ".env.production": f"SESSION_SECRET={shared}\nDATABASE_URL={database}\n"
            f"NEXT_PUBLIC_OPENAI_API_KEY={canary.secret('sk-proj-')}\nPORT=99999\n"
            f'MAIL_PASSWORD="{canary.secret()}$x#y"\n',
            ".env.staging": f"SESSION_SECRET={shared}\nDATABASE_URL={database}\n"
            f"STRIPE_SECRET_KEY={live}\nSTRIPE_WEBHOOK_SECRET={hook}\n",
            ".env.example": f"STRIPE_SECRET_KEY={canary.secret('sk_live_')}\nOLD_NAME=\n",
            "broken.env": f'TOKEN="{canary.secret()}\nTOKEN={canary.secret()}\n',
            "compose.yml": "services:\n  db:\n    image: postgres\n    environment:\n"
            f"      POSTGRES_PASSWORD: {canary.secret()}\n",
            "Dockerfile": f"FROM node\nENV API_SECRET={canary.secret()}\n",
            "config.yaml": "kind: ConfigMap\napiVersion: v1\nmetadata: {name: shop}\ndata:\n"
            f"  DB_PASSWORD: {canary.secret()}\n",
            "vercel.json": f'{{"env": {{"JWT_SECRET": "{canary.secret()}"}}}}',
            ".github/workflows/deploy.yml": "on: push\njobs:\n  deploy:\n    runs-on: x\n"
            f"    env: {{STRIPE_SECRET_KEY: {canary.secret('sk_live_')}}}\n"
            "    steps: [{run: ./deploy}]\n",
            "src/pay.ts": "export const pay = new Stripe(process.env.STRIPE_SECRET_KEY!);\n"
            f'const k = process.env.SIGNING_SECRET ?? "{canary.secret()}";\n'
            "export const missing = process.env.TAX_SERVICE_URL!;\n",
        }
    )
    return repository


def run(shop: Repository, *words: str) -> Done:
    return launchready("env-lint", "--quiet", *words, folder=shop.path)


def written(folder: Path) -> Iterator[str]:
    for path in folder.rglob("*"):
        if path.is_file():
            yield path.read_text(encoding="utf-8")


@pytest.mark.parametrize("words", [(), ("--verbose",)])
def test_no_reporter_shows_a_value(
    shop: Repository, canary: Canary, tmp_path: Path, words: tuple[str, ...]
) -> None:
    reports = [f"--report={name}={tmp_path}/reports/{name}" for name in REPORTERS]
    done = run(shop, "--format=json", *words, *reports)
    rules = {finding["rule"] for finding in done.findings}
    assert done.code == 1
    assert {
        "same-secret-in-two-environments",
        "shared-database-with-production",
        "secret-value-behind-client-prefix",
        "live-credential-outside-production",
        "real-secret-in-template",
        "secret-in-image",
        "undeclared-variable",
    } <= rules
    canary.assert_unseen(done.said, *written(tmp_path / "reports"))


def test_a_baseline_holds_no_value(shop: Repository, canary: Canary) -> None:
    done = launchready("baseline", "--quiet", folder=shop.path)
    assert done.code == 0, done.said
    canary.assert_unseen(done.said, *written(shop.path / ".launchready"))
    again = run(shop)
    assert again.code == 0, again.said


def test_one_variable_s_story(shop: Repository, canary: Canary) -> None:
    done = run(shop, "--explain", "STRIPE_SECRET_KEY")
    assert done.code == 0
    assert ".env.staging:3:1  real, for staging, with a value" in done.stdout
    assert "src/pay.ts:1:" in done.stdout
    canary.assert_unseen(done.said)


def test_the_story_of_an_odd_name(shop: Repository) -> None:
    done = run(shop, "--explain", "x\n::error::y\x1b[31m")
    assert done.code == 0
    assert done.stdout.startswith("'x\\n::error::y\\x1b[31m'\n")


def test_the_table_is_written_and_kept_fresh(shop: Repository, canary: Canary) -> None:
    done = run(shop, "--document", "--format=json")
    path = shop.path / "docs" / "environment.md"
    text = path.read_text(encoding="utf-8")
    assert "'TAX_SERVICE_URL'" not in text
    assert "| `TAX_SERVICE_URL` | no | required | `src/pay.ts` |" in text
    assert "outdated-environment-document" not in {f["rule"] for f in done.findings}
    canary.assert_unseen(text, done.said)
    path.write_text(text.replace("`TAX_SERVICE_URL`", "`GONE_URL`"), encoding="utf-8")
    rules = {finding["rule"] for finding in run(shop, "--format=json").findings}
    assert "outdated-environment-document" in rules


def test_safe_fixes_mend_what_they_can(shop: Repository, canary: Canary) -> None:
    before = (shop.path / ".env.example").read_text(encoding="utf-8")
    done = run(shop, "--fix", "--format=json")
    after = (shop.path / ".env.example").read_text(encoding="utf-8")
    assert after.startswith(before)
    assert "\nTAX_SERVICE_URL=\n" in after
    assert "undeclared-variable" not in {finding["rule"] for finding in done.findings}
    assert ".env.*" in (shop.path / ".gitignore").read_text(encoding="utf-8")
    assert run(shop, "--fix").stderr == "", "a second time there is nothing to fix"


def test_a_fix_does_not_write_through_a_link(shop: Repository, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.write_text("mine\n", encoding="utf-8")
    (shop.path / ".env.example").unlink()
    (shop.path / ".gitignore").symlink_to(outside)
    done = run(shop, "--fix")
    assert done.code == 2
    assert "a link leads elsewhere" in done.stderr
    assert outside.read_text(encoding="utf-8") == "mine\n"


def test_a_fix_damages_no_file_of_other_letters(shop: Repository) -> None:
    before = "NOTE=caf\u00e9\n".encode("latin-1")
    (shop.path / ".env.example").write_bytes(before)
    done = run(shop, "--fix")
    assert done.code == 2
    assert "it is not in UTF-8" in done.stderr
    assert (shop.path / ".env.example").read_bytes() == before


def spoil(shop: Repository, name: str, text: str, mode: int) -> Path:
    """A file that only its own mode protects from who runs this."""
    path = shop.path / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    path.chmod(mode)
    return path


@pytest.mark.parametrize(
    ("words", "name"),
    [(("--fix",), ".env.example"), (("--fix",), ".gitignore"), (("--document",), DOCUMENT)],
    ids=["the template", "the ignore file", "the document"],
)
@pytest.mark.parametrize("mode", [0o000, 0o444], ids=["not readable", "not writable"])
def test_what_this_user_may_not_change_stays_and_nothing_is_written(
    shop: Repository, words: tuple[str, ...], name: str, mode: int
) -> None:
    before = {path: path.read_bytes() for path in shop.path.glob(".*") if path.is_file()}
    path = spoil(shop, name, "# ours\n", mode)
    done = launchready("env-lint", *words, folder=shop.path, heeds_permissions=True)
    assert done.code == 2, done.said
    assert f"error: {name} is not written: " in done.stderr
    path.chmod(0o644)
    after = {path: path.read_bytes() for path in shop.path.glob(".*") if path.is_file()}
    assert after == {**before, **({path: b"# ours\n"} if name != DOCUMENT else {})}
    assert path.read_bytes() == b"# ours\n"


def test_a_template_that_is_gone_is_begun_anew(shop: Repository) -> None:
    (shop.path / ".env.example").unlink()
    assert run(shop, "--fix").code == 1
    assert "TAX_SERVICE_URL=\n" in (shop.path / ".env.example").read_text(encoding="utf-8")


def test_nothing_is_written_into_a_submodule(shop: Repository, tmp_path: Path) -> None:
    docs = Repository.at(tmp_path / "docs")
    docs.commit({"README.md": "# Docs\n"})
    shop.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(docs.path))
    done = run(shop, "--document")
    assert done.code == 2
    assert "it lies in a submodule" in done.stderr
    assert not (shop.path / DOCUMENT).exists()


@pytest.mark.parametrize("words", [("--explain", "PORT"), ("--document",), ("--fix",), ()])
def test_where_git_fails_nothing_is_told_or_written(
    shop: Repository, words: tuple[str, ...]
) -> None:
    spoil(shop, DOCUMENT, "| Variable | Owner |\n| --- | --- |\n| `PORT` | Ada |\n", 0o644)
    (shop.path / ".git" / "index").write_bytes(b"broken")
    done = run(shop, *words)
    assert done.code == (2 if words else 3), done.said
    assert "bad signature" in done.said or "index" in done.said
    assert "Ada" in (shop.path / DOCUMENT).read_text(encoding="utf-8")


def test_a_story_says_what_was_not_looked_at(shop: Repository) -> None:
    spoil(shop, "deploy.env", "PORT=1\n", 0o000)
    done = launchready("env-lint", "--explain", "PORT", folder=shop.path, heeds_permissions=True)
    assert (done.code, "not looked at: deploy.env: it was not read" in done.stdout) == (0, True)


def test_from_a_folder_inside_the_whole_repository_is_looked_at(shop: Repository) -> None:
    top = run(shop, "--format=json").findings
    inside = launchready("env-lint", "--quiet", "--format=json", folder=shop.path / "src").findings
    assert [each["fingerprint"] for each in inside] == [each["fingerprint"] for each in top]
    assert top


def test_a_list_behind_a_link_of_the_repository_is_not_read(
    shop: Repository, tmp_path: Path
) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "fly.txt").write_text("TAX_SERVICE_URL\tabc\n", encoding="utf-8")
    (shop.path / "lists").symlink_to(tmp_path / "outside")
    (shop.path / "fly.txt").symlink_to(tmp_path / "outside" / "fly.txt")
    for place in ("lists/fly.txt", "fly.txt"):
        shop.write({"launchready.yml": f"version: 1\nenv-lint: {{inventory: [{place}]}}\n"})
        done = run(shop, "--format=github")
        assert f"{place}: it was not read: " in done.said
        assert "'TAX_SERVICE_URL' is needed here" in done.said
    own = run(shop, f"--inventory={tmp_path}/outside/fly.txt").said
    assert "'TAX_SERVICE_URL' is needed here" not in own, "a person names what they like"


def test_a_key_in_a_name_s_place_is_not_shown(shop: Repository, canary: Canary) -> None:
    key = canary.secret(length=24)
    for name in ("production", "staging"):
        text = f"S3_BUCKET={key}\nQUEUE=https://sqs.eu-west-1.amazonaws.com/1/{key}\n"
        shop.write({f"deploy/{name}.env": text + f"DB=postgres://u:p@{key}.prod-db.io/{key}\n"})
    canary.values.append(key.lower())
    done = run(shop, "--format=json")
    assert "shared-database-with-production" in {finding["rule"] for finding in done.findings}
    canary.assert_unseen(done.said)


def test_staged_content_is_read_as_it_is_staged(shop: Repository) -> None:
    shop.write({"src/mail.ts": "send(process.env.MAIL_SENDER!);\n"})
    shop.git("add", "src/mail.ts")
    shop.write({"src/mail.ts": "send();\n"})
    done = run(shop, "--staged")
    assert done.code == 1
    assert "'MAIL_SENDER' is needed here" in done.stdout
    assert "1 error" in done.stdout
    assert "MAIL_SENDER" not in run(shop).stdout


def test_a_commit_that_brings_nothing_wrong_goes_through(shop: Repository) -> None:
    shop.write({"src/mail.ts": "send(process.env.STRIPE_SECRET_KEY!);\n"})
    shop.git("add", "src/mail.ts")
    done = launchready("env-lint", "--staged", folder=shop.path, environ={"CI": ""})
    assert done.code == 0, done.said
    in_ci = launchready("env-lint", "--staged", folder=shop.path, environ={"CI": "true"})
    assert in_ci.code == 0
    shop.git("reset", "--quiet")
    in_ci = launchready("env-lint", "--staged", folder=shop.path, environ={"CI": "true"})
    assert in_ci.code == 1, "where nothing is staged, all of it is judged"


def test_a_platform_s_list(shop: Repository) -> None:
    shop.write({"fly.txt": "NAME\tDIGEST\nTAX_SERVICE_URL\tabc\nSTRIPE_SECRET_KEY\tdef\n"})
    rules = {
        (finding["rule"], finding["message"].split("'")[1])
        for finding in run(shop, "--format=json", "--inventory=production=fly.txt").findings
        if finding["rule"] in ("undeclared-variable", "missing-on-platform")
    }
    assert rules == set()
    done = run(shop, "--inventory=production=none.txt")
    assert "there is no such list of names" in done.said


def test_only_what_a_change_brings_fails_it(shop: Repository) -> None:
    base = shop.git("rev-parse", "HEAD")
    shop.commit({"README.md": "Hello\n"})
    assert run(shop, "--base-ref", base).code == 0
    shop.commit({"src/new.ts": "use(process.env.BRAND_NEW_URL!);\n"})
    done = run(shop, "--base-ref", base)
    assert done.code == 1
    assert "BRAND_NEW_URL" in done.stdout

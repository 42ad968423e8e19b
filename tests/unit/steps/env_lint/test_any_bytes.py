"""Files of every kind, spoilt: env-lint ends, and says what it could not read."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from launchready.gateways import Gateways
from launchready.gateways.git import Git
from launchready.gateways.progress import Progress
from launchready.model import Finding, Looked, Unchecked
from launchready.steps.env_lint import STEP
from launchready.steps.env_lint.settings import EnvLintSettings

SOUND = {
    ".env.production": b"PORT=80\nDATABASE_URL=postgres://u:${PASS}@db.shop.example/x #\nA='b\n'",
    ".env.example": b"PORT=\n# MAIL_URL=smtp://localhost\nAPI_KEY=changeme\n",
    ".github/workflows/ci.yml": b"on: push\njobs:\n  a:\n    environment: production\n"
    b"    env: {A_TOKEN: '${{ secrets.A }}'}\n    steps: [{run: 'echo $A >> $GITHUB_ENV'}]\n",
    "compose.yml": b"x-a: &a {A_KEY: b}\nservices:\n  w:\n    environment: {<<: *a, P: '${P:?}'}\n",
    "Dockerfile": b"FROM node AS a\nARG A_TOKEN=1\nENV B=$A_TOKEN \\\n  C='d'\nRUN echo $B\n",
    "wrangler.toml": b'[vars]\nA_KEY = \'b\'\n[env.production.vars]\nA_KEY = """c"""\n',
    "vercel.json": b'{"env": {"A_KEY": "b"}, "build": {"env": {"B": "1"}}}',
    "package.json": b'{"dependencies": {"next": "1", "zod": "4"}, "scripts": {"up": "A=b node x"}}',
    "a.ts": b"const e=z.object({PORT: z.coerce.number()}).parse(process.env); f(process.env.A!)\n",
    "a.py": b"import os\nx = os.environ['A_KEY'] or os.getenv(f'A_{y}', '1')\n",
    "a.sh": b'set -eu\nexport A_KEY="${A_KEY:-x}"\necho "$PORT"\n',
}
PIECES = (
    b"\xff", b"\xed\xa0\x80", b"\0", b"\r", b"\n", b"\xc2\x85", b"${", b"}", b"'", b'"', b"`",
    b"\\", b"&a ", b"*a", b"<<: *a\n", b"[", b"(", b"://[", b"@", b":", b"=", b"#", b"|",b"9" * 40,
    b"process.env[", b"os.environ[", b"\xff\xfe", b"\xef\xbb\xbf", b"%zz", b"1e999", b"((((" * 99,
)  # fmt: skip
SPOILT = st.lists(
    st.tuples(st.sampled_from(sorted(SOUND)), st.integers(0, 200), st.sampled_from(PIECES)),
    min_size=1,
    max_size=12,
)


def judged(folder: Path, files: dict[str, bytes]) -> list[Finding]:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    chosen = EnvLintSettings()
    gateways = Gateways(root=folder, git=Git(folder), progress=Progress(None))
    return [
        finding
        for seen in STEP.observe(chosen, gateways)
        if not isinstance(seen, Looked | Unchecked)
        for finding in STEP.findings(seen, chosen)
    ]


@given(cuts=SPOILT)
@example(cuts=[(".github/workflows/ci.yml", 0, b"\r")] * 2)  # more lines to YAML than to us
@example(cuts=[(".env.production", SOUND[".env.production"].index(b"shop"), b"\xff")])
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_spoilt_files(cuts: list[tuple[str, int, bytes]], tmp_path: Path) -> None:
    files = dict(SOUND)
    for name, place, piece in cuts:
        files[name] = files[name][:place] + piece + files[name][place:]
    assert judged(tmp_path, files)


@pytest.mark.parametrize(
    "files",
    [
        {".env.production": "".join(f"API_KEY_{i}=v{i}\n" for i in range(8_000))},
        {
            "a.ts": "".join(f"f(process.env.VARIABLE_{i}X!)\n" for i in range(4_000)),
            ".env.example": "".join(f"VARIABLE_{i}Y=\n" for i in range(4_000)),
        },
    ],
    ids=["long env file", "many names that are almost alike"],
)
def test_long_files_are_judged_in_time(tmp_path: Path, files: dict[str, str]) -> None:
    """Anything quadratic takes minutes here, beyond the patience of any runner of tests."""
    assert judged(tmp_path, {name: text.encode() for name, text in files.items()})


@pytest.mark.parametrize(
    ("count", "target"),
    [(1, "a0.yml"), (2, "a0.yml and 1 more file"), (3, "a0.yml and 2 more files")],
)
def test_files_that_fail_alike_are_counted(tmp_path: Path, count: int, target: str) -> None:
    workflows = tmp_path / ".github" / "workflows"
    workflows.mkdir(parents=True)
    for n in range(count):
        (workflows / f"a{n}.yml").write_text("on: [\n")
    gateways = Gateways(root=tmp_path, git=Git(tmp_path), progress=Progress(None))
    seen = STEP.observe(EnvLintSettings(), gateways)
    assert [each.target for each in seen if isinstance(each, Unchecked)] == [
        f".github/workflows/{target}"
    ]

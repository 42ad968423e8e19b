"""Builds the repository of a small start-up, with a real history and planted faults.

Every credential is made up as the demo runs, in the published shape of its provider; none has ever
existed, and none is written in this file.
"""

import random
import string
from pathlib import Path

from launchready.catalog.secrets import KINDS
from launchready.steps.secret_scan.formats import formats
from tests.repository import Repository

ANN, BOB = "Ann Ito", "Bob Reyes"

PAGE = """\
import Link from "next/link";

export default function Home() {
  return <Link href="/signup">Start your free trial</Link>;
}
"""

README = """\
# Teapot

Subscriptions for tea lovers. Copy `.env.example` to `.env` and fill it in:

    STRIPE_SECRET_KEY=sk_live_...
    DATABASE_URL=postgres://user:password@localhost:5432/teapot
"""

EXAMPLE = """\
STRIPE_SECRET_KEY=your-stripe-key-here
OPENAI_API_KEY=<from the dashboard>
DATABASE_URL=postgres://postgres:postgres@localhost:5432/teapot
SESSION_SECRET=changeme
"""


def build(path: Path, seed: int = 2026) -> Repository:
    """The repository at `path`, the same for the same seed."""
    made_up = _Credentials(seed)
    repository = Repository.at(path)
    repository.commit(
        {"README.md": README, ".env.example": EXAMPLE, "app/page.tsx": PAGE},
        "First page",
        author=ANN,
        date="2026-01-12",
    )
    _commit_an_env_file_and_remove_it(repository, made_up)
    _hide_a_key_in_a_merge(repository, made_up)
    _put_a_service_key_into_the_client(repository, made_up)
    _keep_a_password_in_compose(repository)
    _name_a_token_in_a_message(repository, made_up)
    _leave_a_branch_behind(repository, made_up)
    _mix_up_the_environments(repository, made_up)
    _create_the_tables(repository)
    return repository


def propose_a_migration(repository: Repository) -> None:
    """A branch that tidies a column away which the release in use reads."""
    repository.git("switch", "--quiet", "--create", "tidy")
    files = {
        "db/migrations/0002_tidy.up.sql": "ALTER TABLE profiles DROP COLUMN email;\n"
        "CREATE INDEX orders_customer ON orders (profile_id);\n",
        "db/migrations/0002_tidy.down.sql": "ALTER TABLE profiles ADD COLUMN email text;\n",
    }
    repository.commit(files, "Tidy up profiles", author=BOB, date="2026-03-02")


class _Credentials:
    """Made-up credentials, each in the shape that its provider publishes."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)

    def of(self, kind_id: str) -> str:
        """A text that the kind's published format accepts."""
        (kind,) = (kind for kind in KINDS if kind.id == kind_id)
        return formats.sample(kind, self._chance)

    def word(self, length: int) -> str:
        """Random letters and digits."""
        return "".join(self._chance.choices(string.ascii_letters + string.digits, k=length))


def _commit_an_env_file_and_remove_it(repository: Repository, made_up: _Credentials) -> None:
    env = (
        f"STRIPE_SECRET_KEY={made_up.of('stripe-live-secret-key')}\n"
        f"OPENAI_API_KEY={made_up.of('openai-api-key')}\n"
    )
    repository.commit({".env": env}, "Take payments", author=BOB, date="2026-01-20")
    (repository.path / ".env").unlink()
    repository.commit({".gitignore": ".env\n"}, "Remove .env, oops", author=BOB, date="2026-01-20")


def _hide_a_key_in_a_merge(repository: Repository, made_up: _Credentials) -> None:
    """What only a merge commit adds is in no side's difference: many scanners never see it."""
    repository.git("switch", "--quiet", "--create", "mail")
    repository.commit({"lib/mail.ts": "export const from = 'hi@teapot.example';\n"}, "Mail")
    repository.git("switch", "--quiet", "main")
    repository.commit({"lib/price.ts": "export const price = 900;\n"}, "Price")
    repository.git("merge", "--quiet", "--no-ff", "--no-commit", "mail")
    key = made_up.of("resend-api-key")
    mail = f'export const from = "hi@teapot.example";\nexport const key = "{key}";\n'
    repository.commit({"lib/mail.ts": mail}, "Merge mail", author=ANN, date="2026-02-03")
    repository.commit(
        {"lib/mail.ts": mail.replace(f'"{key}"', "process.env.RESEND_API_KEY")},
        "Read the mail key from the environment",
        author=ANN,
        date="2026-02-04",
    )


def _put_a_service_key_into_the_client(repository: Repository, made_up: _Credentials) -> None:
    key = made_up.of("supabase-service-role-key")
    bundle = f'!function(){{const u="https://teapot.supabase.co",k="{key}";new C(u,k)}}();\n'
    files = {"public/assets/app.4f2a.js": bundle}
    repository.commit(files, "Ship the dashboard", author=BOB, date="2026-02-11")


def _keep_a_password_in_compose(repository: Repository) -> None:
    password = "Brew" + "-Oolong" + "-7741-x"
    host = "aws-0-eu-central-1.pooler.supabase.com:6543"
    compose = (
        "services:\n  web:\n    image: teapot\n    environment:\n"
        f"      DATABASE_URL: postgres://postgres.teapot:{password}@{host}/postgres\n"
    )
    repository.commit({"deploy/compose.yml": compose}, "Deploy", author=BOB, date="2026-02-20")


def _name_a_token_in_a_message(repository: Repository, made_up: _Credentials) -> None:
    token = made_up.of("github-token")
    message = f"Fix the deploy\n\nworks with GH_TOKEN={token}"
    repository.commit({"deploy/run.sh": "./deploy\n"}, message, author=BOB, date="2026-02-21")


def _leave_a_branch_behind(repository: Repository, made_up: _Credentials) -> None:
    repository.git("switch", "--quiet", "--create", "spike-ai")
    script = f'client = Anthropic(api_key="{made_up.of("anthropic-api-key")}")\n'
    repository.commit({"spike.py": script}, "Try a chat", author=ANN, date="2026-02-25")
    repository.git("switch", "--quiet", "main")


def _mix_up_the_environments(repository: Repository, made_up: _Credentials) -> None:
    """Staging shares production's secret and bills with the live key; production talks to a laptop
    and to a browser, and code needs what nothing declares.
    """
    shared = made_up.word(40)
    files = {
        "deploy/staging.env": (
            f"SESSION_SECRET={shared}\nAPP_URL=https://staging.teapot.example\n"
            f"STRIPE_SECRET_KEY={made_up.of('stripe-live-secret-key')}\n"
        ),
        "deploy/production.env": (
            f"SESSION_SECRET={shared}\nAPP_URL=http://localhost:3000\nDEBUG=true\n"
            f"NEXT_PUBLIC_OPENAI_API_KEY={made_up.of('openai-api-key')}\n"
        ),
        "package.json": '{"dependencies": {"next": "15.1.0", "stripe": "17.0.0"}}\n',
        "lib/pay.ts": (
            'import Stripe from "stripe";\n\n'
            "export const stripe = new Stripe(process.env.STRIPE_SECRET_KEY!);\n"
            "export const secret = process.env.STRIPE_WEBHOOK_SECRET!;\n"
        ),
    }
    repository.commit(files, "Deploy staging", author=BOB, date="2026-02-27")


def _create_the_tables(repository: Repository) -> None:
    tables = (
        "CREATE TABLE profiles (id bigint PRIMARY KEY, name text NOT NULL, email text);\n"
        "CREATE TABLE orders (id bigint PRIMARY KEY, profile_id bigint REFERENCES profiles (id));\n"
    )
    code = (
        'import { sql } from "./db";\n\n'
        "export const receiver = (id: bigint) =>\n"
        "  sql`SELECT name, email FROM profiles WHERE id = ${id}`;\n"
    )
    files = {
        "db/migrations/0001_shop.up.sql": tables,
        "db/migrations/0001_shop.down.sql": "DROP TABLE orders;\nDROP TABLE profiles;\n",
        "lib/receipts.ts": code,
    }
    repository.commit(files, "Keep orders", author=ANN, date="2026-03-01")

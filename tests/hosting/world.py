"""A product on a host of loopback: its site, ledger and reports, and runs of the step on it."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from launchready.frozen import replace
from launchready.gateways import Gateways
from launchready.gateways.git import Git
from launchready.gateways.hosting.hosts import Host
from launchready.gateways.hosting.vercel import VercelSettings
from launchready.gateways.progress import Progress
from launchready.model import Told, Unchecked
from launchready.site import Release, Route, Site
from launchready.steps.rollback import STEP
from launchready.steps.rollback.seen import RollbackFacts
from launchready.steps.rollback.settings import RollbackSettings
from tests.hosting.fake import GOOD, Fake

TOKEN_VARIABLE = "TEST_HOST_TOKEN"


@contextmanager
def site_of(fake: Fake) -> Iterator[str]:
    """The public address: it says which release the host has live, and only the good one works."""

    class Handler(BaseHTTPRequestHandler):
        wbufsize = -1

        def do_GET(self) -> None:
            state = fake.state
            commit, is_good = state.commit(state.live), state.live == state.ids[GOOD]
            body = b"shop"
            self.send_response(200 if is_good else 500)
            self.send_header("x-release", commit[:7])
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *words: object) -> None:
            del words

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()


def smoke_report(*, commit: str, rule: str = "route-answers-wrong-status") -> dict[str, Any]:
    """A report of smoke-test with one finding of `rule`; none where that is ""."""
    finding = {
        "rule": rule,
        "severity": "error",
        "status": "new",
        "message": "/checkout answers 500, not 200",
        "location": {"url": "https://shop.example/checkout"},
    }
    return report("smoke-test", commit, [finding] if rule else [])


def migration_report(commit: str, verdict: str) -> dict[str, Any]:
    """A report of migration-check that says whether going back is safe."""
    reason = {
        "migration": "0042_drop_email",
        "what": "drops",
        "table": "users",
        "column": "email",
        "places": ["app/mail.py:12"],
    }
    reasons = [reason] if verdict == "no" else []
    facts = {"rollback_safe": {"verdict": verdict, "reasons": reasons, "unknown": []}}
    return {**report("migration-check", commit, []), "facts": facts}


def report(step: str, commit: str, findings: list[dict[str, Any]]) -> dict[str, Any]:
    """A report as the JSON reporter writes it, as far as anybody reads it."""
    return {
        "version": 1,
        "tool": {"name": "launchready", "version": "1"},
        "step": step,
        "verdict": "failed" if findings else "passed",
        "started": "2026-11-24T12:00:00+00:00",
        "seconds": 1.0,
        "target": {"path": ".", "commit": commit},
        "findings": findings,
        "unchecked": [],
        "counts": {},
        "facts": {},
    }


@dataclass
class World:
    """A folder with a ledger and reports; `run` runs the step as the command would."""

    folder: Path
    fake: Fake
    settings: RollbackSettings
    said: list[str] = field(default_factory=list)

    @property
    def ledger(self) -> Path:
        """The ledger's file."""
        return self.folder / "ledger.jsonl"

    def write(self, name: str, document: Any) -> str:
        """A report as a file; its name."""
        (self.folder / name).write_text(json.dumps(document))
        return name

    def run(self, *reports: str, why_untrusted: str = "", **more: Any) -> list[object]:
        """All that the step observes."""
        settings = replace(self.settings, judge_by=reports, **more)
        gateways = replace(self._gateways, why_untrusted=why_untrusted)
        return list(STEP.observe(settings, gateways))

    def answer(self, **more: Any) -> str:
        """What is printed in place of a report."""
        settings = replace(self.settings, **more)
        return STEP.answer(settings, self._gateways, lambda _: ()) or ""

    @property
    def _gateways(self) -> Gateways:
        return Gateways(
            root=self.folder, git=Git.around(self.folder), progress=_Listening(self.said.append)
        )

    def end(self, *reports: str, **more: Any) -> RollbackFacts:
        """The fact of a run."""
        (fact,) = (e for e in self.run(*reports, **more) if isinstance(e, RollbackFacts))
        return fact

    def told(self, *reports: str, **more: Any) -> Told:
        """What a run tells other steps."""
        (told,) = (e for e in self.run(*reports, **more) if isinstance(e, Told))
        return told

    def unchecked(self, *reports: str, **more: Any) -> list[Unchecked]:
        """What a run could not see."""
        return [e for e in self.run(*reports, **more) if isinstance(e, Unchecked)]


class _Listening(Progress):
    """A progress that hands on what is said."""

    def __init__(self, listen: Callable[[str], None]) -> None:
        super().__init__(None)
        self._listen = listen

    def say(self, text: str) -> None:
        self._listen(text)


def settings_for(fake: Fake, site: str) -> RollbackSettings:
    """The shop at Vercel, with its ledger in a file."""
    return RollbackSettings(
        host=Host(
            vercel=VercelSettings(project="prj_shop", token=TOKEN_VARIABLE, api=fake.address)
        ),
        ledger="ledger.jsonl",
        site=Site(
            url=site,
            private=True,
            routes=(Route(path="/"),),
            release=Release(path="/", header="x-release"),
        ),
        host_seconds=2,
        site_seconds=2,
        poll_seconds=0.02,
    )

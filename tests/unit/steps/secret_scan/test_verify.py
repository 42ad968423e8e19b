"""`--verify` from the scan to the report: who is asked, and what becomes of the answer."""

import http.client
import io
from pathlib import Path

import pytest
from tests.repository import Repository, live_key
from tests.unit.gateways.test_verifier import Provider, provider

from launchready.facts.secret import SecretFacts
from launchready.gateways import Gateways
from launchready.gateways.git import Git
from launchready.gateways.progress import Progress
from launchready.gateways.verifier import Verifier
from launchready.model import Confidence
from launchready.steps.secret_scan import STEP
from launchready.steps.secret_scan.observe import observe
from launchready.steps.secret_scan.settings import SecretScanSettings

KEY = live_key(5)
ASKING = SecretScanSettings(verify=True)

__all__ = ["provider"]  # a fixture


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    repository = Repository.at(tmp_path / "repository")
    repository.commit({"a.py": f"key = '{KEY}'\n", "tests/b.py": f"again = '{KEY}'\n"})
    return repository


def seen(
    repository: Repository,
    verifier: Verifier | None,
    settings: SecretScanSettings = ASKING,
    why_untrusted: str = "",
    jobs: int = 1,
) -> tuple[SecretFacts, str]:
    git = Git.around(repository.path)
    said = io.StringIO()
    gateways = Gateways(
        root=git.root,
        git=git,
        progress=Progress(said),
        jobs=jobs,
        verifier=verifier,
        why_untrusted=why_untrusted,
    )
    (fact, *_) = observe(settings, gateways)
    assert isinstance(fact, SecretFacts)
    return fact, said.getvalue()


def test_one_that_works_is_sure_and_said_first(repository: Repository, provider: Provider) -> None:
    fact, _ = seen(repository, provider.verifier())
    assert fact.verified.startswith("accepted by api.stripe.com on ")
    assert fact.confidence is Confidence.HIGH
    assert [headers["Authorization"] for _, _, headers in provider.asked] == [f"Bearer {KEY}"]
    (finding,) = STEP.findings(fact, ASKING)
    assert fact.verified in finding.message
    assert ("verified", fact.verified) in finding.evidence.measured
    assert KEY not in repr(fact) + repr(finding)


def test_a_refusal_is_evidence_and_no_more(repository: Repository, provider: Provider) -> None:
    provider.status = 401
    fact, _ = seen(repository, provider.verifier())
    assert fact.verified == "refused by api.stripe.com: 401"
    unasked, _ = seen(repository, provider.verifier(), SecretScanSettings())
    assert (unasked.verified, unasked.confidence) == ("", fact.confidence)
    (finding,) = STEP.findings(fact, ASKING)
    assert "refused" not in finding.message
    assert len(provider.asked) == 1


def test_a_stranger_decides_nothing(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: object, *words: object, **more: object) -> None:
        raise AssertionError("a connection was made")

    monkeypatch.setattr(http.client.HTTPSConnection, "connect", refuse)
    fact, said = seen(repository, None, why_untrusted="this is a pull request from a fork")
    assert fact.verified == "unchecked: this is a pull request from a fork"
    assert "no provider is asked: this is a pull request from a fork" in said

"""A Lambda alias, by a stand-in of the AWS command line."""

import secrets
from pathlib import Path

import pytest

from launchready.facts.releases import Deployment, Standing
from launchready.gateways.hosting.aws_lambda import LambdaSettings, open_lambda
from launchready.gateways.hosting.errors import HostError, Trouble
from launchready.gateways.hosting.provider import Provider
from tests.hosting.fake import BAD, COMMIT_OF, GOOD
from tests.hosting.programs import Program

TARGET = Deployment(id="1", commit=COMMIT_OF[GOOD])


@pytest.fixture
def aws(tmp_path: Path) -> Program:
    return Program.of(tmp_path, "aws", live="2", weights={})


def met(aws: Program, **environ: str) -> Provider:
    """The adapter."""
    settings = LambdaSettings(function="shop", region="eu-west-1")
    return open_lambda(settings, {**aws.environ, **environ})


def go_back(provider: Provider) -> None:
    """Roll back to the good release."""
    (effect,) = provider.roll_back(TARGET, "why")
    provider.perform(effect)


def test_the_whole_way_back(aws: Program) -> None:
    provider = met(aws)
    assert (provider.current().id, provider.current().commit) == ("2", COMMIT_OF[BAD])
    found = provider.target("", COMMIT_OF[GOOD])
    assert (found.id, found) == ("1", provider.target("1", "")), "and not $LATEST"
    assert (provider.in_flight(), provider.cancel(found)) == ((), ())
    assert (provider.pin(found), provider.unpin(found)) == ((), ())
    assert provider.confirm(found, "").standing is Standing.NOT_TAKEN
    (effect,) = provider.roll_back(found, "why")
    assert "update-alias --function-name=shop --name=live --function-version=1" in effect.shown
    go_back(provider)
    assert provider.confirm(found, "").standing is Standing.LIVE


@pytest.mark.parametrize(
    ("fault", "trouble"),
    [
        ("says An error occurred (AccessDeniedException)", Trouble.AUTH),
        ("says Unable to locate credentials", Trouble.AUTH),
        ("says An error occurred (ResourceConflictException)", Trouble.CONFLICT),
        ("says An error occurred (TooManyRequestsException)", Trouble.RATE_LIMIT),
        ("says An error occurred (ServiceException)", Trouble.SERVER),
    ],
)
def test_what_aws_complains_of_is_told_apart(aws: Program, fault: str, trouble: Trouble) -> None:
    aws.set(fault=fault)
    with pytest.raises(HostError) as caught:
        go_back(met(aws))
    assert caught.value.trouble is trouble
    assert met(aws).confirm(TARGET, "").standing is Standing.NOT_TAKEN


def test_an_answer_that_is_lost_is_seen(aws: Program) -> None:
    aws.set(fault="lost")
    with pytest.raises(HostError) as caught:
        go_back(met(aws))
    assert caught.value.trouble.is_lost
    assert met(aws).confirm(TARGET, "").standing is Standing.LIVE


def test_a_success_that_did_nothing_is_no_success(aws: Program) -> None:
    aws.set(fault="idle")
    go_back(met(aws))
    assert met(aws).confirm(TARGET, "").standing is Standing.NOT_TAKEN


@pytest.mark.parametrize("name", ["9", "$LATEST", "--debug"])
def test_what_is_gone_is_told(aws: Program, name: str) -> None:
    for asked in ((name, ""), ("", "d" * 40)):
        with pytest.raises(HostError) as caught:
            met(aws).target(*asked)
        assert caught.value.trouble is Trouble.NOT_FOUND


def test_an_alias_that_splits_its_traffic_is_a_persons(aws: Program) -> None:
    aws.set(weights={"1": 0.1})
    with pytest.raises(HostError, match="splits its traffic"):
        met(aws).current()


@pytest.mark.parametrize(
    "says", [{"says": "[]"}, {"says": '{"FunctionVersion": "$LATEST"}'}, {"tells": "{}"}]
)
def test_an_answer_that_is_none_is_malformed(aws: Program, says: dict[str, str]) -> None:
    aws.set(**says, lists="{}")
    for ask in (met(aws).current, lambda: met(aws).target("", COMMIT_OF[GOOD])):
        with pytest.raises(HostError) as caught:
            ask()
        assert caught.value.trouble is Trouble.MALFORMED


def test_a_secret_that_aws_says_is_blotted_out(aws: Program) -> None:
    secret = secrets.token_urlsafe(24)
    aws.set(fault="says signed by $AWS_SECRET_ACCESS_KEY")
    with pytest.raises(HostError, match=r"signed by \*\*\*") as caught:
        go_back(met(aws, AWS_SECRET_ACCESS_KEY=secret))
    assert secret not in str(caught.value)

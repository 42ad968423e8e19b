"""Chance against words."""

import pytest
from tests.unit.steps.secret_scan.judging.judged import drawn

from launchready.catalog import rarity
from launchready.catalog.letters import FAMILIARITY


def test_table_is_square() -> None:
    assert [len(row) for row in FAMILIARITY] == [26] * 26
    assert "".join(FAMILIARITY).isdigit()


def test_known_pairs() -> None:
    """`th`, `qu` and `in` are everyday; `qx`, `zk` and `jq` are not."""
    assert (rarity.familiarity("thinquin") or 0) > 6
    assert (rarity.familiarity("qxzkjqvx") or 9) < 2


def test_too_little_tells_nothing() -> None:
    assert rarity.familiarity("a1b2c3") is None
    assert rarity.familiarity("") is None


def test_hexadecimal_says_nothing_of_words() -> None:
    assert rarity.familiarity("deadfaced0bedeed") is None


@pytest.mark.parametrize("shape", ["{alnum:20}", "{alnum:32}", "{base64:44}", "{hex:32}", "{uuid}"])
def test_drawn_texts_look_random(shape: str) -> None:
    found = sum(rarity.is_random(drawn(shape, seed)) for seed in range(500))
    assert found >= 495


@pytest.mark.parametrize(
    "text",
    [
        "getAccessTokenFromRequest", "my-super-secret-password", "configurationManagerFactory",
        "application_default_credentials", "TheQuickBrownFoxJumps", "authentication.provider.name",
        "aaaaaaaaaaaaaaaa", "12345678901234567890", "short", "0000000000000000000000000000000a",
        "ffffffffffffffffffffffffffffffff", "organizations/members/roles",
    ],
)  # fmt: skip
def test_words_do_not(text: str) -> None:
    assert not rarity.is_random(text)


@pytest.mark.parametrize("text", ["dcqdmbkp", "wqipedtls", "xkqzw", "hjqkx9", "WKQXrtf"])
def test_no_word_holds_such_letters(text: str) -> None:
    assert rarity.is_unspeakable(text)


@pytest.mark.parametrize(
    "text",
    [
        "password", "welcome1", "postgres", "secret", "correcthorse", "changeit", "laradock",
        "tomcat", "wordpress", "deadbeef", "aaaaaaaa", "xxx", "123456", "", "qwe",
    ],
)  # fmt: skip
def test_words_are_speakable(text: str) -> None:
    assert not rarity.is_unspeakable(text)


def test_most_short_drawn_texts_are_unspeakable() -> None:
    drawn_texts = [drawn("{letter:8}", seed).lower() for seed in range(500)]
    assert sum(map(rarity.is_unspeakable, drawn_texts)) >= 400


def test_switches() -> None:
    assert rarity.switches("aB1-") == 3
    assert rarity.switches("aaBB") == 1
    assert rarity.switches("") == 0

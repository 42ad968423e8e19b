"""Judge values without a shape of their own: told by a name, doubted by everything else."""

from launchready.catalog import placeholders
from launchready.catalog.kinds import Keyword
from launchready.catalog.rarity import is_random
from launchready.model import Confidence
from launchready.steps.secret_scan.judging import (
    claims,
    detectors,
    names,
    operators,
    places,
    values,
)
from launchready.steps.secret_scan.judging.candidates import Candidate
from launchready.steps.secret_scan.judging.tokens import fixture_limit

_LONG_ENOUGH = 16  # characters: the shortest keys that providers issue
_LONG = 20  # characters; in a drawn text so long short words come by chance


def judge(candidate: Candidate, keyword: Keyword) -> Confidence | None:
    """How sure it is that the value is a secret; None if something says that it is not."""
    if not _is_assignment(candidate, keyword):
        return None
    value = candidate.value
    by_chance, is_typed = is_random(value), placeholders.is_typed(value)
    if len(value) < keyword.minimum or _is_stand_in(candidate, by_chance):
        return None
    if (keyword.is_drawn and not (by_chance or is_typed)) or claims.by_other(candidate):
        return None
    is_drawn = by_chance and not is_typed
    if not is_drawn and claims.by_prefix(value):
        return None
    if is_typed:
        return _typed(candidate)
    is_issued = by_chance and not keyword.is_drawn
    confidence = fixture_limit(
        candidate, _strength(candidate, keyword, by_chance), is_drawn=is_issued
    )
    is_agreed = confidence == Confidence.LOW or _is_seconded(candidate, by_chance)
    return confidence if is_agreed else Confidence.LOW


def _typed(candidate: Candidate) -> Confidence | None:
    """An example of a key is worth a look where the name says whose key it would be."""
    is_whose = names.is_somebody_s(candidate.name)
    return Confidence.LOW if is_whose and len(candidate.value) >= _LONG_ENOUGH else None


def _is_assignment(candidate: Candidate, keyword: Keyword) -> bool:
    """Whether this is a name that holds a secret, given a literal value."""
    if places.is_generated(candidate.path):
        return False
    name = candidate.name.removesuffix("s") if operators.is_list(candidate) else candidate.name
    if not names.holds_secret(name, keyword.names, is_whole=keyword.is_whole_name):
        return False
    if keyword.is_drawn and not names.is_told(candidate.name, keyword.names, keyword.unless):
        return False
    return operators.gives_literal(candidate)


def _is_stand_in(candidate: Candidate, by_chance: bool) -> bool:
    """Whether the value is a reference, prose or a placeholder instead of a secret."""
    value = candidate.value
    if placeholders.is_published(value) or values.is_binary(value):
        return True
    if placeholders.is_typed(value):
        return _is_refused(candidate, values.refusal(value))
    if placeholders.is_blank(value):
        return True
    if places.is_credential_store(candidate.path):
        return values.is_reference(value)
    if not values.is_soup(value) and _is_refused(candidate, values.refusal(value)):
        return True
    return _has_room(value, by_chance) and placeholders.is_value_placeholder(value)


def _is_refused(candidate: Candidate, refusal: str | None) -> bool:
    """Whether the value's form is no secret's; some names make a UUID one, or a number."""
    if refusal == "uuid":
        return not (values.is_uuid(candidate.value) and names.is_issued(candidate.name))
    return refusal is not None


def _has_room(value: str, by_chance: bool) -> bool:
    """Whether words in the value prove something: in a long drawn text they come by chance."""
    return not by_chance or len(value) < _LONG


def _strength(candidate: Candidate, keyword: Keyword, by_chance: bool) -> Confidence:
    """What the look of the value and the file it stands in say; weak passwords say little."""
    if by_chance or (keyword.is_password and places.is_credential_store(candidate.path)):
        return candidate.kind.confidence
    if not keyword.is_password or not _is_chosen(candidate):
        return Confidence.LOW
    if not candidate.is_quoted and places.is_prose(candidate.path):
        return Confidence.LOW
    return candidate.kind.confidence


def _is_chosen(candidate: Candidate) -> bool:
    """Whether someone chose it as a password: signs of three sorts, in a config a word and digits.

    In code the same may be any setting's value.
    """
    value, sorts = candidate.value, _classes(candidate.value)
    if sorts >= 3 or places.needs_quotes(candidate.path) or places.is_rehearsal(candidate.path):
        return sorts >= 3
    return sorts == 2 and len(value) >= 6 and any(map(str.isdigit, value))


def _classes(value: str) -> int:
    """How many of small letters, capitals, digits and signs it has; what parts words is no sign."""
    sorts = (str.islower, str.isupper, str.isdigit, _is_sign)
    return sum(any(map(sort, value)) for sort in sorts)


def _is_seconded(candidate: Candidate, by_chance: bool) -> bool:
    """Whether detect-secrets agrees: no doubt of its filters, and a detector or chance speaks."""
    if places.is_credential_store(candidate.path):
        return True
    opinion = detectors.ask(
        candidate.line, candidate.value, candidate.path, is_quoted=candidate.is_quoted
    )
    is_known = opinion.is_detected or places.is_environment(candidate.path)
    return not opinion.doubts and (by_chance or is_known)


def _is_sign(character: str) -> bool:
    return not character.isalnum() and character not in "-_. "

"""English plurals as Rails makes them: tables are called by them.

Source: activesupport/lib/active_support/inflections.rb, whose rules are frozen, errors of grammar
and all. A project's own inflections are not known here.
"""

from launchready.regex import Regex

_SAME = Regex(r"\b(?:equipment|information|rice|money|species|series|fish|sheep|jeans|police)\Z")
_PAIRS = (("person", "people"), ("man", "men"), ("child", "children"), ("sex", "sexes"),
          ("move", "moves"), ("zombie", "zombies"))  # fmt: skip
_PLURALS = (
    (Regex(r"quiz\Z"), 4, "quizzes"),
    (Regex(r"\Aoxen\Z"), 4, "oxen"),
    (Regex(r"\Aox\Z"), 2, "oxen"),
    (Regex(r"\A[ml](?:ouse|ice)\Z"), -1, "ice"),
    (Regex(r"(?:matr|vert|ind)[ie]x\Z"), 2, "ices"),
    (Regex(r"(?:x|ch|ss|sh)\Z"), 0, "es"),
    (Regex(r"(?:[^aeiouy]|qu)y\Z"), 1, "ies"),
    (Regex(r"hive\Z"), 0, "s"),
    (Regex(r"[^f]fe\Z"), 2, "ves"),
    (Regex(r"[lr]f\Z"), 1, "ves"),
    (Regex(r"sis\Z"), 3, "ses"),
    (Regex(r"[ti]a\Z"), 0, ""),
    (Regex(r"[ti]um\Z"), 2, "a"),
    (Regex(r"(?:buffal|tomat)o\Z"), 0, "es"),
    (Regex(r"bus\Z"), 0, "es"),
    (Regex(r"(?:alias|status)\Z"), 0, "es"),
    (Regex(r"(?:octop|vir)i\Z"), 0, ""),
    (Regex(r"(?:octop|vir)us\Z"), 2, "i"),
    (Regex(r"\A(?:ax|test)is\Z"), 2, "es"),
    (Regex(r"s\Z"), 0, ""),
)
_SINGULARS = (
    (Regex(r"databases\Z"), 1, ""),
    (Regex(r"quizzes\Z"), 3, ""),
    (Regex(r"matrices\Z"), 3, "x"),
    (Regex(r"(?:vert|ind)ices\Z"), 4, "ex"),
    (Regex(r"\Aoxen\Z"), 2, ""),
    (Regex(r"(?:alias|status)es\Z"), 2, ""),
    (Regex(r"(?:alias|status)\Z"), 0, ""),
    (Regex(r"(?:octop|vir)i\Z"), 1, "us"),
    (Regex(r"(?:octop|vir)us\Z"), 0, ""),
    (Regex(r"\Aax[ie]s\Z"), 2, "is"),
    (Regex(r"(?:cris|test)[ie]s\Z"), 2, "is"),
    (Regex(r"shoes\Z"), 1, ""),
    (Regex(r"oes\Z"), 2, ""),
    (Regex(r"buses\Z"), 2, ""),
    (Regex(r"bus\Z"), 0, ""),
    (Regex(r"\A[ml]ice\Z"), 3, "ouse"),
    (Regex(r"(?:x|ch|ss|sh)es\Z"), 2, ""),
    (Regex(r"movies\Z"), 1, ""),
    (Regex(r"series\Z"), 0, ""),
    (Regex(r"(?:[^aeiouy]|qu)ies\Z"), 3, "y"),
    (Regex(r"[lr]ves\Z"), 3, "f"),
    (Regex(r"(?:tive|hive)s\Z"), 1, ""),
    (Regex(r"[^f]ves\Z"), 3, "fe"),
    (Regex(r"(?:\Aanaly|analy|ba|diagno|parenthe|progno|synop|the)s[ie]s\Z"), 3, "sis"),
    (Regex(r"[ti]a\Z"), 1, "um"),
    (Regex(r"news\Z"), 0, ""),
    (Regex(r"ss\Z"), 0, ""),
    (Regex(r"s\Z"), 1, ""),
)


def plural(word: str) -> str:
    """The plural that Rails makes of a word, or of the last of words joined by `_`."""
    if not word or _SAME.search(word):
        return word
    for one, many in _PAIRS:
        if word.endswith((one, many)):
            return word if word.endswith(many) else word[: -len(one)] + many
    for ending, cut, instead in _PLURALS:
        if ending.search(word):
            return word[: len(word) - cut if cut >= 0 else 1] + instead
    return f"{word}s"


def singular(word: str) -> str:
    """The singular that Rails makes of a word, or of the last of words joined by `_`."""
    if _SAME.search(word):
        return word
    for one, many in _PAIRS:
        if word.endswith((one, many)):
            return word if word.endswith(one) else word[: -len(many)] + one
    for ending, cut, instead in _SINGULARS:
        if ending.search(word):
            return word[: len(word) - cut] + instead
    return word

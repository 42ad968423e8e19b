"""What a worker says of a secret's text, and nothing of the text itself."""

from launchready.frozen import frozen


@frozen
class Answer:
    """`sha1` is the value's where an entry of a baseline has it; `lists` the numbers of the
    allow-lists of which an expression or stop word is met."""

    sha1: str = ""
    lists: tuple[int, ...] = ()


NO_ANSWER = Answer()

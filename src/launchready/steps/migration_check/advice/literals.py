"""A text as a string of the language that a migration is written in: for advice and for `--fix`."""


def python(text: str) -> str:
    """As Python writes it, in double quotes where that needs no escapes."""
    plain = text.isprintable() and '"' not in text and "\\" not in text
    return f'"{text}"' if plain else repr(text)


def ruby(text: str) -> str:
    """As Ruby writes it with nothing filled in, in double quotes where that needs no escapes."""
    if '"' not in text and "#" not in text and "\\" not in text:
        return f'"{text}"'
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def javascript(text: str) -> str:
    """As JavaScript and TypeScript write it, in single quotes."""
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"

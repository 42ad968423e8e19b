"""The part of a file that is ours: between two comments, so that the rest is a person's."""

BEGIN = "# launchready:begin - `launchready upgrade` renews the lines up to launchready:end"
END = "# launchready:end"


def marked(text: str) -> str:
    """A text between the marks."""
    return f"{BEGIN}\n{text.rstrip()}\n{END}\n"


def renewed(before: str, text: str) -> str | None:
    """A file with another text between its marks; None where it has not both, once each."""
    lines = before.splitlines(keepends=True)
    begins = [at for at, line in enumerate(lines) if line.startswith("# launchready:begin")]
    ends = [at for at, line in enumerate(lines) if line.startswith(END)]
    if len(begins) != 1 or len(ends) != 1 or begins[0] > ends[0]:
        return None
    return "".join([*lines[: begins[0]], marked(text), *lines[ends[0] + 1 :]])

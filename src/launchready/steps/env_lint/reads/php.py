"""Reads in PHP."""

from launchready.facts.environment import CodeFacts, SourceFile


def read(file: SourceFile) -> CodeFacts:
    """What one file tells."""
    return CodeFacts()

"""Reads in JavaScript and TypeScript, and the scripts of Vue, Svelte and Astro files."""

from launchready.facts.environment import CodeFacts, SourceFile


def read(file: SourceFile) -> CodeFacts:
    """What one file tells."""
    return CodeFacts()

"""The kinds of secrets that a person describes in launchready.yml."""

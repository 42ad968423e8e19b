"""The steps: what a user puts in CI."""

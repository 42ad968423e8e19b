"""Runs a command of the project that is examined: bounded, without the secrets of this process."""

"""What latency and load have in common: which routes are timed, and what earlier runs measured."""

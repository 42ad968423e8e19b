"""Measured figures, each printed by a script that anyone can run again."""

"""Deciding whether a candidate is a secret, and how sure that is."""

"""Asks name servers, each question once in a run."""

"""Tests of launchready."""

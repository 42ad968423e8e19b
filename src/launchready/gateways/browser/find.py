"""Finds a Chromium that is installed."""

import os
import shutil
from importlib.util import find_spec

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
NEEDED = "pip install 'launchready[browser]'"


def has_playwright() -> bool:
    """Whether the library is there that drives the browser."""
    return find_spec("playwright") is not None


def installed_chromium() -> str | None:
    """The browser that `LAUNCHREADY_CHROMIUM` names, else the first on PATH; None without any."""
    named = os.environ.get("LAUNCHREADY_CHROMIUM")
    if named:
        return named
    return next((found for name in _NAMES if (found := shutil.which(name))), None)

"""Opens pages in a real Chromium, within the hosts that may be asked."""

"""email-check (in the making)."""

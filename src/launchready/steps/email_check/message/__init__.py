"""A message as it arrived: what a receiver makes of it."""

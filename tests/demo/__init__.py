"""`make demo`: a small start-up repository with planted faults, and what launchready says of it."""

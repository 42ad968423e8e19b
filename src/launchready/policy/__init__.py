"""What is accepted, what is already known, what is new, and whether that fails the run. Pure."""

"""A lab: the whole of smoke-test against a real nginx, with faults that customers meet."""

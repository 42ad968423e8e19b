"""rollback: back to the last release that worked, where that is safe."""

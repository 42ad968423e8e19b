"""Python source that describes migrations, read by its syntax and never run."""

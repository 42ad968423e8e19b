"""What the value of a variable is, without showing it."""

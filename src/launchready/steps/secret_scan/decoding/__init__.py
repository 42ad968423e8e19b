"""Finding and undoing what hides a secret: encodings, escapes, pieces of literals."""

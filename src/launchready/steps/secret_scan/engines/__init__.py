"""Finding where in megabytes of text a secret may be."""

"""How each loader reads an env file."""

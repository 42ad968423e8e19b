"""The frozen nouns that gateways return."""

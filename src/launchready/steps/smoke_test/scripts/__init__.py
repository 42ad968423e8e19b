"""What is in the scripts that visitors get: secrets, source maps, addresses of a developer."""

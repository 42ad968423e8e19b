"""The truth lab: statements, and what real PostgreSQL servers record that each of them does."""

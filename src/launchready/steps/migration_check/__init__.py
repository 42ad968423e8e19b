"""migration-check: what a migration does to a database in use, and to the release that uses it."""

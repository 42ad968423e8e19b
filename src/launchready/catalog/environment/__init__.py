"""Names, prefixes and hosts that say what a variable or its value is. Data, with sources."""

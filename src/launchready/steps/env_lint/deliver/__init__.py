"""What env-lint makes for people: the table of variables, one variable's story, safe fixes."""

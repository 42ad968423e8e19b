"""secret-scan: credentials in staged content, in the work tree and in all of the history."""

"""The command line: options -> runner -> reporters -> exit code."""

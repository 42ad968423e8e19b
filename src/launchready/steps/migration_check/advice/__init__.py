"""What to write instead, in the words of the tool that runs the migration."""

"""What people accepted with the scanner they had before: read, and heeded.

These files can only accept findings, never hide that they did: an accepted finding stays in the
report with the file and line that accepted it.
"""

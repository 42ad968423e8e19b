"""What samples of latency prove and what they do not: pure functions, no clock, no network.

Times are compared as thousandths of their natural logarithm in milliseconds, whole numbers: a
factor becomes a difference, one part in a thousand is finer than any clock of a runner, and orders
of whole numbers are found exactly.
"""

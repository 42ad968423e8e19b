"""`--fix`: writes what the advice says, where a program can tell that it is the same in the end.

What stands in place of a statement comes from `advice.remedies`. How a file of one tool leaves its
transaction, or gets a successor, is that tool's writer's to know (`writers`); every proposal is
judged like any other change before a byte is written (`judging`), and one that only moves the
trouble elsewhere is not taken.
"""

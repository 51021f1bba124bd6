"""Kill a process with signal 9 at any moment of what it does to a file of ours, and look what it left.

``python -m tests.kills`` runs the long form and prints a table; `tests.test_kills` runs a few of each.
"""

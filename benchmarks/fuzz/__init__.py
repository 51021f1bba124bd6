"""Coverage-guided fuzzing of every parser of outside bytes: ``python -m benchmarks.fuzz --minutes 30``.

Each target is one way by which a stranger's bytes come in. An input is a fault where a target ends in an error that it
does not declare, breaks what it promises (what is read can be stored; what is written is read back), or takes more time
of processor than it may. Inputs that were faults once lie in ``tests/corpus`` and are tried in every run of the suite.
"""

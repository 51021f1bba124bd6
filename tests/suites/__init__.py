"""Own-written passages about many wars, with what should be read out of them, and the scoring of it."""

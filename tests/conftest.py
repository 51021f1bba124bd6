"""What holds for the whole suite."""

from __future__ import annotations

import os

from hypothesis import settings

# Property tests look for new examples on a developer's machine; in continuous integration they take the same ones every
# time, so that a red run is about the change. Machines are shared and noisy: no test is failed for its time.
settings.register_profile("developer", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "developer")

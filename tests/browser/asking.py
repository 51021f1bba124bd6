"""What a test asks of a page is asked again until it holds: a page is never done when an act upon it returns.

After a click the server streams what comes of it, part after part, and what stood there before stays until then. So a
test says ``expect(here.page.locator(".notice")).to_contain_text("...")``, never ``"..." in here.page.locator(".notice")
.inner_text()``, which looks once and sees what happens to be there; `Visit.until` and ``wait_for_function`` ask again,
too. What must *not* be there is asked for after something that can only be there afterwards: else it holds too early.
A single look is for what cannot change any more, behind such a wait, and for the map, which answers a message at once.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.timemap.chromium import PATIENCE

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
playwright.expect.set_options(timeout=1000 * PATIENCE)

expect: Any = playwright.expect

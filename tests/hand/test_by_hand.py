"""The walks by mouse and keyboard, where this machine has a virtual screen for them."""

import subprocess
import sys

import pytest

from tests.hand.person import ROOT
from tests.hand.screen import missing_programs


@pytest.mark.skipif(bool(missing_programs()), reason=f"not installed: {', '.join(missing_programs())}")
@pytest.mark.parametrize("experiment", ["gates", "xor", "descent", "losses"])
def test_a_person_with_mouse_and_keyboard_gets_where_the_guide_says(experiment):
    done = subprocess.run(
        [sys.executable, "-m", "tests.hand", experiment], cwd=ROOT, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "ok" in done.stdout

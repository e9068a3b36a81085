"""The recorder rig itself: what it finds must be the program's, not its own."""

import os
import subprocess
import sys

import pytest

from tests.rig import Rig

pytestmark = pytest.mark.device

GO_FIRST = "import os; os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(5))"


def test_the_server_and_all_its_sinks_come_before_programs_that_compute(rig: Rig) -> None:
    if subprocess.run([sys.executable, "-c", GO_FIRST], capture_output=True, check=False).returncode:
        pytest.skip("this user may not ask for real-time priority")
    with rig.another("second"):
        assert {os.sched_getscheduler(thread) for thread in rig.threads} == {os.SCHED_RR}

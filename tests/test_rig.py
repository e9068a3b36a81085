"""The recorder rig itself: what it finds must be the program's, not its own."""

import os
import subprocess
import sys

import pytest

from tests.rig import Rig

pytestmark = pytest.mark.device

GO_FIRST = "import os; os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(5))"


def test_the_server_and_all_its_sinks_come_before_programs_that_compute_where_that_is_allowed(rig: Rig) -> None:
    refused = subprocess.run([sys.executable, "-c", GO_FIRST], capture_output=True, check=False).returncode
    with rig.another("second"):
        policies = {os.sched_getscheduler(thread) for thread in rig.threads}
    assert policies == {os.SCHED_OTHER if refused else os.SCHED_RR}

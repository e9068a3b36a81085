"""Whether the process behind a recorded session is still there."""

import os
import sys
from functools import cache
from pathlib import Path


def this_process() -> str:
    """What tells this process from a later one of the same number; empty where the system does not say."""
    return _own(os.getpid())


@cache
def _own(process: int) -> str:
    return _born(process)


def is_running(process: int, born: str) -> bool:
    """False once the process is gone, or its number belongs to another one."""
    if not _exists(process):
        return False
    now = _born(process)
    return not (born and now) or born == now


def _exists(process: int) -> bool:
    if sys.platform == "win32":
        return _windows_process_runs(process)
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:  # it is somebody else's
        return True
    return True


def _born(process: int) -> str:
    """On Linux the boot, and the clock ticks since then at which the process began; of a dead one `dead`."""
    try:
        status = Path(f"/proc/{process}/stat").read_text("ascii", "replace")
    except OSError:
        return ""
    state, *numbers = status.rpartition(")")[2].split()
    return "dead" if state in ("Z", "X") else f"{_boot()} {numbers[18]}"


@cache
def _boot() -> str:
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip()
    except OSError:
        return ""


if sys.platform == "win32":

    def _windows_process_runs(process: int) -> bool:
        """Asked of the kernel: `os.kill` would end the process there."""
        import ctypes

        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.OpenProcess.restype = ctypes.c_void_p
        handle = kernel.OpenProcess(0x1000, False, process)  # PROCESS_QUERY_LIMITED_INFORMATION
        if not handle:
            return ctypes.get_last_error() == 5  # it is there, and somebody else's
        code = ctypes.c_ulong()
        known = kernel.GetExitCodeProcess(ctypes.c_void_p(handle), ctypes.byref(code))
        kernel.CloseHandle(ctypes.c_void_p(handle))
        return not known or code.value == 259  # STILL_ACTIVE

"""Which sound devices there are, asked in processes of their own: no sound library comes into the program."""

import json
import os
import subprocess
import sys
from typing import NamedTuple

from voicecoach.errors import DeviceError
from voicecoach.output.backends import BACKENDS, Backend, backend, default
from voicecoach.output.launch import WINDOWS_FLAGS, command

_PATIENCE = 15.0


class Listed(NamedTuple):
    """What one backend has to offer; `trouble` and `fix` tell why there is nothing.

    `default` is true for the backend that plays where none is chosen. Its first device is the
    system's default one, where the sound library tells.
    """

    backend: str
    what: str
    default: bool
    devices: tuple[str, ...] = ()
    trouble: str = ""
    fix: str = ""


def listing() -> tuple[Listed, ...]:
    """Every backend with its devices; all are asked at the same time."""
    asked = [(kind, _ask(kind) if kind.module and kind.installed else None) for kind in BACKENDS]
    try:
        usual = default().name
    except DeviceError:
        usual = ""
    return tuple(_listed(kind, asking, usual == kind.name) for kind, asking in asked)


def tell() -> None:
    """Prints the names of a backend's devices as JSON; the body of the process that is asked."""
    answers = os.dup(1)
    os.dup2(2, 1)
    try:
        answer: dict[str, object] = {"devices": backend(sys.argv[1]).names()}
    except DeviceError as error:
        answer = {"trouble": error.what, "fix": error.fix}
    os.write(answers, json.dumps(answer).encode())
    os._exit(0)


def _ask(kind: Backend) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        command("voicecoach.output.listing", "tell", kind.name),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, **kind.environment},
        creationflags=WINDOWS_FLAGS,
    )


def _listed(kind: Backend, asking: "subprocess.Popen[bytes] | None", usual: bool) -> Listed:
    listed = Listed(kind.name, kind.what, usual)
    if not kind.module:
        return listed._replace(devices=kind.names())
    if asking is None:
        return listed._replace(trouble="not installed", fix=kind.install)
    try:
        said, _ = asking.communicate(timeout=_PATIENCE)
        answer = json.loads(said)
    except subprocess.TimeoutExpired:
        asking.kill()
        asking.communicate()
        return listed._replace(trouble=f"did not answer within {_PATIENCE:g} s", fix="choose another one")
    except ValueError:
        return listed._replace(trouble=f"crashed (code {asking.returncode})", fix="choose another one")
    return listed._replace(
        devices=tuple(answer.get("devices", ())), trouble=answer.get("trouble", ""), fix=answer.get("fix", "")
    )

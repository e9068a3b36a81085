"""Finding a device by what a person calls it."""

from collections.abc import Sequence

from voicecoach.errors import DeviceError


def pick(wanted: str, known: Sequence[str]) -> str:
    """The name that is `wanted`, or else the only one that contains it; capitals do not matter.

    Raises DeviceError that lists the names.
    """
    sought = wanted.casefold()
    same = [name for name in known if name.casefold() == sought]
    fitting = same or [name for name in known if sought in name.casefold()]
    if len(fitting) == 1 or same:
        return fitting[0]
    if fitting:
        fix = f"write more of the name: {'; '.join(fitting)}"
        raise DeviceError(f"several sound devices are called '{wanted}'", fix)
    if not known:
        raise DeviceError(f"there is no sound device called '{wanted}', nor any other", "plug one in, or switch it on")
    raise DeviceError(f"there is no sound device called '{wanted}'", f"choose one of these: {'; '.join(known)}")

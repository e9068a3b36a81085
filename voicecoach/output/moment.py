"""What is asked of a feed, and how things stood when it was."""

from typing import Literal, NamedTuple, TypeAlias

from voicecoach.units import Frames

Action: TypeAlias = Literal["pause", "resume", "switch", "end"]


class Command(NamedTuple):
    """Something asked of the feed; `generation` and `aligned` belong to a switch.

    `end` falls silent as `pause` does, but is forgotten by the process that comes next.
    """

    action: Action
    serial: int = 0
    generation: int = 0
    aligned: bool = False


class Moment(NamedTuple):
    """Everything that decides how the sound goes on, at the beginning of a take.

    `commands` are acted on at this moment; the moment after them is remembered, too.
    """

    taken: Frames
    generation: int
    frame: Frames
    paused: bool
    ended: bool
    rise: Frames
    idle: Frames
    dry: Frames
    tail: tuple[int, ...]
    commands: tuple[Command, ...]


def between(moment: Moment, target: Frames, end: Frames) -> Moment:
    """How things stood at `target`, after `moment` and before the voice had passed `end`."""
    gone = target - moment.taken
    if moment.paused or moment.ended:
        return moment._replace(taken=target, idle=moment.idle + (gone if moment.paused else 0))
    moved = min(gone, end - moment.frame)
    silence = gone - moved
    idle = silence if moved else moment.idle + silence
    return moment._replace(taken=target, frame=moment.frame + moved, idle=idle, dry=moment.dry + silence)

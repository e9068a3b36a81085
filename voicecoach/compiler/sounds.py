"""Which sound a role or a `tone:` plays, and for how long."""

from collections.abc import Mapping

from voicecoach.routine import ToneChoice, ToneFile, ToneName, ToneWave
from voicecoach.sound.toneset import DEFAULTS, LONGEST, SILENT, natural_length, role_length
from voicecoach.timeline import Sound
from voicecoach.units import Milliseconds


class Sounds:
    """The routine's choice of sounds; `lengths` gives the length of each tone file by its path, in milliseconds."""

    def __init__(self, chosen: Mapping[str, ToneChoice], lengths: Mapping[str, Milliseconds]) -> None:
        self._roles = {role: Sound(name) for role, name in DEFAULTS.items()}
        self._own: dict[str, Milliseconds] = {}
        self._files = lengths
        for role, choice in chosen.items():
            self._roles[role] = sound_of(choice)
            if (length := self._length(choice)) is not None:
                self._own[role] = length

    def role(self, role: str) -> tuple[Sound, Milliseconds]:
        """The sound of a role, and how long it is heard in it; 0 for `none`."""
        sound = self._roles[role]
        if role in self._own:
            return sound, self._own[role]
        return sound, role_length(role, sound)

    def single(self, choice: ToneChoice) -> tuple[Sound, Milliseconds]:
        """A sound on its own, played in full; a role's name stands for the sound of that role."""
        if isinstance(choice, ToneName) and choice.name in self._roles:
            return self.role(choice.name)
        sound = sound_of(choice)
        length = self._length(choice)
        return sound, natural_length(sound.name) if length is None else length

    def _length(self, choice: ToneChoice) -> Milliseconds | None:
        match choice:
            case ToneWave(length=length):
                return min(length, LONGEST)
            case ToneFile(path=path):
                return min(self._files.get(path, LONGEST), LONGEST)
        return None


def sound_of(choice: ToneChoice) -> Sound:
    """What is played for a choice in the script."""
    match choice:
        case ToneName(name=name):
            return Sound(name)
        case ToneWave(wave=wave, hz=hz, gain=gain):
            return Sound(f"{wave} {hz} Hz", wave=wave, hz=hz, gain=gain)
        case ToneFile(path=path):
            return Sound(path, path=path)


def is_silent(sound: Sound) -> bool:
    """True for `none`, the sound that is no sound."""
    return sound.name == SILENT and not sound.wave and not sound.path


def tone_name(choice: ToneChoice) -> str:
    """How a sound outside a role is named in the timeline."""
    return sound_of(choice).name

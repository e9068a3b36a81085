"""The process of one Piper voice."""

from voicecoach.errors import SpeechError
from voicecoach.speech.piper_installed import InstalledVoice
from voicecoach.speech.piper_notes import gone
from voicecoach.speech.worker_process import WorkerProcess, command

INSTALL = "install it with  pip install 'voicecoach[piper]'"


class PiperProcess(WorkerProcess):
    """One process that has loaded the voice of that digest."""

    def __init__(self, voice: InstalledVoice, digest: str) -> None:
        super().__init__(
            command("voicecoach.speech.piper_worker", str(voice.model)),
            f"remove it and add it again: voicecoach voices remove {voice.id}",
        )
        self.voice = voice
        self.digest = digest

    def greet(self, timeout: float) -> None:
        """Waits until the voice is loaded; raises SpeechError if it cannot be."""
        head = self.greeting(timeout)
        detail = str(head.get("detail", "")).strip()
        match head.get("error"):
            case None:
                return
            case "library":
                raise SpeechError(f"Piper is not installed, or not whole: {detail}", INSTALL)
            case "gone":
                raise gone(self.voice, FileNotFoundError(detail))
            case "description":
                what = f"{self.voice.model.name}.json does not describe a Piper voice: {detail}"
            case _:
                what = f"{self.voice.model} is no Piper voice, or damaged: {detail}"
        raise SpeechError(what, f"add it again: voicecoach voices remove {self.voice.id}, then voicecoach voices add")

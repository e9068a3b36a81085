"""What the measurements are made with, as far as it is not measured itself."""

from array import array
from pathlib import Path

from tests.bench.live_onsets import silent_session
from tests.bench.live_ramp import RampSession
from tests.bench.live_scripts import Scripts
from voicecoach.player.programme import Loudness, Programme
from voicecoach.player.transport import start


def test_a_player_finds_the_number_of_each_frame_in_the_sound_of_the_ramp(tmp_path: Path) -> None:
    session = RampSession(*silent_session(Scripts(tmp_path).busy()))

    programme = Programme(session, session.timeline, start(session.timeline).route, Loudness())

    assert array("h", programme.read(31_990, 20)).tolist() == [*range(31_991, 32_001), *range(1, 11)]

import json
from pathlib import Path

import pytest

from tests.catalogue.hub import Hub
from tests.tiny_voice import write_voice
from voicecoach.catalogue.delivery import card, deliver, file_name
from voicecoach.catalogue.listing import HOME, fetch_list, of_language
from voicecoach.errors import DownloadError, OutputError, SpeechError

NAME = "en_GB-tiny-low"


@pytest.fixture
def offered(hub: Hub, tmp_path: Path) -> Hub:
    hub.offer(write_voice(tmp_path / "made"))
    return hub


def change(hub: Hub, **entry: object) -> None:
    listed = json.loads(hub.files["voices.json"])
    listed[NAME] |= entry
    hub.files["voices.json"] = json.dumps(listed).encode()


def test_the_list_is_where_pipers_own_downloader_looks() -> None:
    from piper import download_voices

    assert f"{HOME}voices.json?download=true" == download_voices.VOICES_JSON
    assert download_voices.URL_FORMAT.startswith(HOME)


def test_a_voice_is_listed_with_its_files(offered: Hub) -> None:
    (listed,) = fetch_list(offered.home.removesuffix("/"))

    assert (listed.name, listed.lang, listed.language, listed.quality, listed.speakers) == (
        NAME,
        "en-GB",
        "English (Great Britain)",
        "low",
        1,
    )
    model = listed.file(".onnx")
    assert model == offered.wanted(f"en/en_GB/tiny/low/{NAME}.onnx")
    assert {file_name(one) for one in listed.files} == {f"{NAME}.onnx", f"{NAME}.onnx.json", "MODEL_CARD"}
    assert listed.size == sum(one.size for one in listed.files)


@pytest.mark.parametrize("content", [b"", b"<html>sign in</html>", b"[]", b"\xff", b'"text"', b"[" * 100_000])
def test_what_is_no_list_is_told(content: bytes, hub: Hub) -> None:
    hub.files["voices.json"] = content

    with pytest.raises(DownloadError) as error:
        fetch_list(hub.home)

    assert error.value.what == f"{hub.home}voices.json is no list of voices"
    assert error.value.fix == "check the address; a sign-in page may be in the way"


@pytest.mark.parametrize(
    "entry",
    [
        {"files": {}},
        {"files": None},
        {"files": ["x"]},
        {"language": "English"},
        {"language": {}},
        {"num_speakers": "many"},
        {"files": {f"{NAME}.onnx": {"size_bytes": "1", "md5_digest": "0" * 32}}},
        {"files": {f"{NAME}.onnx": {"size_bytes": 1, "md5_digest": "../.."}}},
    ],
)
def test_an_entry_of_another_form_is_passed_over(entry: dict[str, object], offered: Hub) -> None:
    change(offered, **entry)

    with pytest.raises(DownloadError, match="lists no voice that can be used"):
        fetch_list(offered.home)


def test_names_that_lead_elsewhere_are_passed_over(offered: Hub) -> None:
    listed = json.loads(offered.files["voices.json"])
    for name in ("../en_GB-evil-low", "en_GB-a/b-low", ".en_GB-x-low", "en_GB-x-low\n"):
        files = {f"../../{name}.onnx{end}": {"size_bytes": 1, "md5_digest": "0" * 32} for end in ("", ".json")}
        listed[name] = listed[NAME] | {"files": files}
    offered.files["voices.json"] = json.dumps(listed).encode()

    assert [one.name for one in fetch_list(offered.home)] == [NAME]


def test_only_the_three_files_of_a_voice_are_taken(offered: Hub) -> None:
    listed = json.loads(offered.files["voices.json"])
    listed[NAME]["files"]["../../../.bashrc"] = {"size_bytes": 1, "md5_digest": "0" * 32}
    offered.files["voices.json"] = json.dumps(listed).encode()

    (one,) = fetch_list(offered.home)

    assert len(one.files) == 3


@pytest.mark.parametrize(("lang", "count"), [("en", 1), ("EN_gb", 1), ("en-GB", 1), ("en-US", 0), ("de", 0)])
def test_voices_are_chosen_by_language(lang: str, count: int, offered: Hub) -> None:
    assert len(of_language(fetch_list(offered.home), lang)) == count


def test_a_voice_is_delivered_the_small_files_first(offered: Hub, tmp_path: Path) -> None:
    (listed,) = fetch_list(offered.home)
    told: list[tuple[int, int]] = []
    checked: list[str] = []

    deliver(listed, tmp_path / "here", lambda done, total: told.append((done, total)), lambda p: checked.append(p.name))

    assert {path.name: path.read_bytes() for path in (tmp_path / "here").iterdir()} == {
        file_name(one): offered.files[one.url.removeprefix(offered.home)] for one in listed.files
    }
    assert checked == [file_name(one) for one in sorted(listed.files, key=lambda one: one.size)]
    assert told[-1] == (listed.size, listed.size)


def test_a_file_that_is_not_wanted_saves_the_rest(offered: Hub, tmp_path: Path) -> None:
    (listed,) = fetch_list(offered.home)

    def refuse(path: Path) -> None:
        raise SpeechError(f"not {path.name}")

    with pytest.raises(SpeechError, match="not MODEL_CARD"):
        deliver(listed, tmp_path / "here", None, refuse)

    assert [path.name for path in (tmp_path / "here").iterdir()] == ["MODEL_CARD"]


def test_without_room_nothing_is_fetched(offered: Hub, tmp_path: Path) -> None:
    (listed,) = fetch_list(offered.home)
    huge = listed._replace(files=tuple(one._replace(size=10**15) for one in listed.files))
    offered.asked.clear()

    with pytest.raises(OutputError, match=r"MB of room, and the voice needs 3,000,000,010 MB"):
        deliver(huge, tmp_path / "here", None, lambda _: None)

    assert offered.asked == []


def test_a_card_that_is_not_there_is_empty(offered: Hub) -> None:
    (listed,) = fetch_list(offered.home)
    assert "License: CC0" in card(listed)

    offered.files.pop("en/en_GB/tiny/low/MODEL_CARD")

    assert card(listed) == ""
    assert card(listed._replace(files=())) == ""

"""What programs and libraries that nobody here wrote say about a sound file."""

import json
import re
import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

import mutagen
from mutagen.flac import FLAC
from mutagen.id3 import ID3

Chapters = tuple[tuple[str, float], ...]

INSTALL = "apt-get install --no-install-recommends ffmpeg mediainfo opus-tools flac vorbis-tools oggz-tools mpv mp3val"


class Seen(NamedTuple):
    """What a tool says; None for what it never tells. Times in seconds, chapters with the time each begins."""

    duration: float | None = None
    start: float | None = None
    title: str | None = None
    chapters: Chapters | None = None
    cover: bool | None = None
    lyrics: str | None = None
    verdict: str = ""


def ffprobe(path: Path) -> Seen:
    """FFmpeg's view, also that of the many players built on it."""
    told = json.loads(
        _out("ffprobe", "-v", "error", "-of", "json", "-show_format", "-show_streams", "-show_chapters", path)
    )
    form, streams = told["format"], told["streams"]
    tags = {**streams[0].get("tags", {}), **form.get("tags", {})}
    tags = {key.lower().split("-")[0]: text for key, text in tags.items()}
    audio = next(stream for stream in streams if stream["codec_type"] == "audio")
    return Seen(
        float(form["duration"]),
        float(audio.get("start_time", 0)),
        tags.get("title", ""),
        tuple((chapter["tags"]["title"], float(chapter["start_time"])) for chapter in told["chapters"]),
        any(stream["disposition"]["attached_pic"] for stream in streams),
        tags.get("lyrics", ""),
    )


def mediainfo(path: Path) -> Seen:
    """MediaInfo, which does not list the chapters of MP3."""
    tracks = json.loads(_out("mediainfo", "--Output=JSON", path))["media"]["track"]
    general = tracks[0]
    menus = [track["extra"] for track in tracks if track["@type"] == "Menu"]
    chapters = tuple((text, _clock(key)) for key, text in menus[-1].items() if key.startswith("_")) if menus else None
    return Seen(
        float(general["Duration"]),
        None,
        general.get("Title", ""),
        chapters if path.suffix != ".mp3" else None,
        general.get("Cover") == "Yes",
        general.get("Lyrics", ""),
    )


def mutagen_library(path: Path) -> Seen:
    """mutagen, the library behind many taggers."""
    file: Any = mutagen.File(path)
    length = float(file.info.length)
    if path.suffix == ".mp3":
        tag = ID3(path)
        found = [tag[f"CHAP:{name}"] for name in tag["CTOC:toc"].child_element_ids]
        chapters = tuple((chapter.sub_frames["TIT2"].text[0], chapter.start_time / 1000) for chapter in found)
        timed = len(tag.getall("SYLT")[0].text)
        lyrics = tag.getall("USLT")[0].text
        return Seen(length, None, str(tag["TIT2"]), chapters, "APIC:" in tag, lyrics, f"SYLT with {timed} times")
    if path.suffix in {".m4a", ".m4b"}:
        tags = file.tags
        chapters = tuple((chapter.title, chapter.start) for chapter in file.chapters)
        return Seen(length, None, tags["©nam"][0], chapters, bool(tags["covr"]), tags["©lyr"][0])
    if path.suffix == ".wav":
        return Seen(length)
    cover = bool(file.pictures) if isinstance(file, FLAC) else "metadata_block_picture" in file
    return Seen(length, None, file["title"][0], _comments(file), cover, file["lyrics"][0])


def mpv(path: Path) -> Seen:
    """mpv, playing into nothing."""
    sections = "${=duration}\x1f${media-title}\x1f${=chapter-list}\x1f${=track-list}\x1f${=metadata}\x1e"
    options = ("--no-config", "--vo=null", "--ao=null", "--length=0.05", "--quiet")
    shown = _out("mpv", *options, f"--term-playing-msg=\x1e{sections}", path)
    duration, title, chapters, tracks, metadata = shown.split("\x1e")[1].split("\x1f")
    tags = {key.lower().split("-")[0]: text for key, text in json.loads(metadata or "{}").items()}
    return Seen(
        float(duration),
        None,
        title if title != path.name else "",
        tuple((chapter["title"], chapter["time"]) for chapter in json.loads(chapters)),
        any(track.get("albumart") for track in json.loads(tracks)),
        tags.get("lyrics", ""),
    )


def opusinfo(path: Path) -> Seen:
    """The reference tool for Opus."""
    return _ogg(_out("opusinfo", path), "Pre-skip: \\d+")


def ogginfo(path: Path) -> Seen:
    """The reference tool for Vorbis."""
    return _ogg(_out("ogginfo", path), "")


def oggz(path: Path) -> Seen:
    """Xiph's checker of Ogg pages: says nothing where all is well."""
    return Seen(verdict=_verdict("oggz", "validate", path))


def metaflac(path: Path) -> Seen:
    """The reference tools for FLAC: `flac -t` decodes and compares the checksum of the samples."""
    shown = _out("metaflac", "--list", path)
    frames, rate = (int(re.search(f"{name}: (\\d+)", shown)[1]) for name in ("total samples", "sample_rate"))  # type: ignore[index]
    comments = re.findall(r"comment\[\d+\]: (.*?)=(.*(?:\n(?! +comment\[|METADATA).*)*)", shown)
    tags = {key.upper(): text for key, text in comments}
    cover = "type: 3 (Cover (front))" in shown
    chapters = _numbered(tags)
    tested = _verdict("flac", "-t", "-s", path)
    return Seen(frames / rate, None, tags["TITLE"], chapters, cover, tags["LYRICS"] + "\n", f"flac -t: {tested}")


def mp4box(path: Path) -> Seen:
    """GPAC's MP4Box, of the people who edit the standard."""
    shown = re.sub(r"\x1b\[\d+m", "", _out("MP4Box", "-info", path, stderr=True))
    clock = re.search(r"^Duration ([\d:.]+)", shown, re.MULTILINE)
    assert clock
    chapters = tuple(
        (title, _clock(time)) for time, title in re.findall(r"^\t#\d+ - ([\d:.]+) - \"(.*)\"", shown, re.MULTILINE)
    )
    tags = dict(re.findall(r"^\t(\w+): (.*(?:\n(?!\t|\n|#).*)*)", shown, re.MULTILINE))
    return Seen(_clock(clock[1]), None, tags["title"], chapters, "cover" in tags, tags["lyrics"])


def mp3val(path: Path) -> Seen:
    """A checker of MP3 frames."""
    shown = _out("mp3val", path)
    faults = [line for line in shown.splitlines() if line.startswith(("WARNING", "ERROR"))]
    return Seen(verdict="; ".join(faults) or "no fault")


Tool = Callable[[Path], Seen]

_EVERY: Mapping[str, Tool] = {"ffprobe": ffprobe, "mediainfo": mediainfo, "mutagen": mutagen_library, "mpv": mpv}
TOOLS: Mapping[str, Mapping[str, Tool]] = MappingProxyType(
    {
        ".m4a": {**_EVERY, "MP4Box": mp4box},
        ".m4b": {**_EVERY, "MP4Box": mp4box},
        ".mp3": {**_EVERY, "mp3val": mp3val},
        ".opus": {**_EVERY, "opusinfo": opusinfo, "oggz": oggz},
        ".ogg": {**_EVERY, "ogginfo": ogginfo, "oggz": oggz},
        ".flac": {**_EVERY, "metaflac": metaflac},
        ".wav": _EVERY,
    }
)
"""Which tools look at which format."""

_PROGRAMS = ("ffprobe", "mediainfo", "mpv", "opusinfo", "ogginfo", "oggz", "metaflac", "flac", "mp3val")


def missing() -> list[str]:
    """The programs that are not installed; MP4Box, which not every system has, does not count."""
    return [program for program in _PROGRAMS if not shutil.which(program)]


def is_there(tool: str) -> bool:
    """False for MP4Box where it is not installed."""
    return tool != "MP4Box" or bool(shutil.which("MP4Box"))


def _ogg(shown: str, detail: str) -> Seen:
    length = re.search(r"Playback length: (\d+)m:([\d.]+)s", shown)
    assert length
    comments = re.findall(r"^\t(\w+)=(.*(?:\n(?!\t\w|\w+ stream).*)*)", shown, re.MULTILINE)
    tags = {key.upper(): text for key, text in comments}
    more = re.search(detail, shown)
    trouble = [line for line in shown.splitlines() if line.startswith(("WARNING", "Warning", "Note"))]
    verdict = "; ".join([*([more[0]] if more and more[0] else []), *(trouble or ["no warning"])])
    duration = int(length[1]) * 60 + float(length[2])
    cover = "Picture: 3" in shown or "METADATA_BLOCK_PICTURE" in tags
    return Seen(duration, None, tags["TITLE"], _numbered(tags), cover, tags["LYRICS"], verdict)


def _comments(file: Any) -> Chapters:
    return _numbered({key.upper(): file[key][0] for key in file.keys()})  # noqa: SIM118


def _numbered(tags: Mapping[str, str]) -> Chapters:
    names = sorted(key for key in tags if re.fullmatch(r"CHAPTER\d{3}", key))
    return tuple((tags[f"{name}NAME"], _clock(tags[name])) for name in names)


def _clock(text: str) -> float:
    """Seconds of `00:01:02.345`, however it is written."""
    hours, minutes, seconds, thousandths = (int(part) for part in re.findall(r"\d+", text)[:4])
    return hours * 3600 + minutes * 60 + seconds + thousandths / 1000


def _verdict(*command: str | Path) -> str:
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, check=False)
    return "no fault" if done.returncode == 0 and not done.stderr.strip() else (done.stderr + done.stdout).strip()


def _out(*command: str | Path, stderr: bool = False) -> str:
    done = subprocess.run([str(word) for word in command], capture_output=True, check=False)
    return (done.stdout + (done.stderr if stderr else b"")).decode("utf-8", "replace")

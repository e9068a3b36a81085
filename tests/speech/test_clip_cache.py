import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from voicecoach.speech.cache import ClipCache, Entry, key

ENTRY = Entry({"rate": 24_000}, b"\1\2" * 5_000)
NAME = key("clip", 1, "some words")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "clips"


def only_file(folder: Path) -> Path:
    (path,) = folder.iterdir()
    return path


def test_entry_is_found_again_by_another_cache(folder: Path) -> None:
    ClipCache(folder).put(NAME, ENTRY)

    assert ClipCache(folder).get(NAME) == ENTRY


def test_missing_entry_is_none(folder: Path) -> None:
    assert ClipCache(folder).get(NAME) is None
    assert not folder.exists()


def test_keys_differ_by_every_part_and_its_place() -> None:
    names = {key("a", "b", 1), key("a", "b", 2), key("ab", 1), key("b", "a", 1), key("a", "b", "1"), key("a", "b,", 1)}

    assert len(names) == 6


@pytest.mark.parametrize("length", [0, 1, 7, 40, 75, 76, 500, 10_000])
def test_cut_off_entry_is_removed(folder: Path, length: int) -> None:
    cache = ClipCache(folder)
    cache.put(NAME, ENTRY)
    path = only_file(folder)
    path.write_bytes(path.read_bytes()[:length])

    assert cache.get(NAME) is None
    assert not path.exists()
    cache.put(NAME, ENTRY)
    assert cache.get(NAME) == ENTRY


@pytest.mark.parametrize("at", [0, 8, 40, 72, 75, 76, 80, 5_000, -1])
def test_flipped_bit_is_found(folder: Path, at: int) -> None:
    cache = ClipCache(folder)
    cache.put(NAME, ENTRY)
    path = only_file(folder)
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    path.write_bytes(content)

    assert cache.get(NAME) is None
    assert not path.exists()


def test_entry_under_another_name_is_foreign(folder: Path) -> None:
    cache = ClipCache(folder)
    cache.put(NAME, ENTRY)
    other = key("another")
    only_file(folder).rename(folder / f"{other}.clip")

    assert cache.get(other) is None


def test_folder_in_the_place_of_an_entry_makes_way(folder: Path) -> None:
    (folder / f"{NAME}.clip" / "inner").mkdir(parents=True)
    cache = ClipCache(folder)

    assert cache.get(NAME) is None
    cache.put(NAME, ENTRY)

    assert cache.get(NAME) == ENTRY
    assert cache.problem is None


def test_folder_that_cannot_be_made_is_told_once_and_harms_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    cache = ClipCache(tmp_path / "file" / "clips")

    cache.put(NAME, ENTRY)
    cache.put(NAME, ENTRY)

    assert cache.get(NAME) is None
    assert cache.problem is not None
    assert cache.problem.startswith(f"speech is not kept in {tmp_path / 'file' / 'clips'}: ")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a file system without room")
def test_failed_write_leaves_nothing_behind(folder: Path) -> None:
    program = f"""
import resource, signal
from pathlib import Path
from voicecoach.speech.cache import ClipCache, Entry
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (4_000, 4_000))
cache = ClipCache(Path({str(folder)!r}))
cache.put({NAME!r}, Entry({{}}, bytes(10_000)))
print(cache.problem is not None, list(cache.folder.iterdir()))
"""

    assert subprocess.check_output([sys.executable, "-c", program], text=True) == "True []\n"


def test_size_is_bounded_and_the_least_recently_used_go_first(folder: Path) -> None:
    cache = ClipCache(folder, bound=100_000)
    names = [key(number) for number in range(30)]
    for age, name in enumerate(names[:8]):
        cache.put(name, ENTRY)
        os.utime(folder / f"{name}.clip", (1_000 + age, 1_000 + age))
    cache.get(names[0])

    for name in names[8:12]:
        cache.put(name, ENTRY)

    sizes = [path.stat().st_size for path in folder.iterdir()]
    assert sum(sizes) <= 100_000
    assert cache.get(names[0]) == ENTRY
    assert cache.get(names[1]) is None
    assert cache.get(names[11]) == ENTRY


def test_entry_larger_than_the_bound_is_not_kept(folder: Path) -> None:
    cache = ClipCache(folder, bound=5_000)

    cache.put(NAME, ENTRY)

    assert cache.get(NAME) is None
    assert cache.problem is None


def test_leftovers_of_killed_processes_are_swept_when_old(folder: Path) -> None:
    folder.mkdir(parents=True)
    old, young, foreign = folder / "a.part", folder / "b.part", folder / "notes.txt"
    for path in (old, young, foreign):
        path.write_bytes(b"x")
        os.utime(path, (0, 0))
    os.utime(young, (9_000, 9_000))

    ClipCache(folder, clock=lambda: 10_000.0).put(NAME, ENTRY)

    assert not old.exists()
    assert young.exists()
    assert foreign.exists()


def test_processes_writing_the_same_entries_get_along(folder: Path) -> None:
    program = f"""
from pathlib import Path
from voicecoach.speech.cache import ClipCache, Entry, key
cache = ClipCache(Path({str(folder)!r}), bound=300_000)
for turn in range(20):
    for number in range(20):
        entry = Entry({{"number": number}}, bytes([number]) * 20_000)
        cache.put(key(number), entry)
        assert cache.get(key(number)) in (entry, None)
assert cache.problem is None, cache.problem
"""

    writers = [subprocess.Popen([sys.executable, "-c", program]) for _ in range(3)]

    assert [writer.wait() for writer in writers] == [0, 0, 0]
    assert not list(folder.glob("*.part"))


def test_entry_is_readable_by_its_description(folder: Path) -> None:
    ClipCache(folder).put(NAME, Entry({"rate": 22_050, "words": [(0, 5, 0)]}, b"ab"))

    content = only_file(folder).read_bytes()

    assert content[:8] == b"vc-clip1"
    assert content[8:40].hex() == NAME
    length = int.from_bytes(content[72:76], "big")
    assert json.loads(content[76 : 76 + length]) == {"rate": 22_050, "words": [[0, 5, 0]]}
    assert content[76 + length :] == b"ab"

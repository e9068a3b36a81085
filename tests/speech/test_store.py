import pytest

from voicecoach.speech.store import ClipStore


def test_what_was_put_comes_back_from_memory_and_from_the_file() -> None:
    store = ClipStore(memory=250)
    contents = {number: bytes([number]) * 100 for number in range(10)}
    for number, content in contents.items():
        store.put(number, content)

    assert {number: store.get(number) for number in reversed(range(10))} == contents
    store.close()


def test_only_what_was_put_is_there() -> None:
    store = ClipStore(memory=0)
    store.put("a", b"")

    assert "a" in store
    assert store.get("a") == b""
    assert "b" not in store
    with pytest.raises(KeyError):
        store.get("b")


def test_closed_store_is_empty_and_can_be_used_again() -> None:
    store = ClipStore(memory=0)
    store.put("a", b"abc")
    store.close()
    assert "a" not in store

    store.put("a", b"de")

    assert store.get("a") == b"de"
    store.close()

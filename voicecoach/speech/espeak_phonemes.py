"""The process that asks the speech library how words are said: `python -I -S espeak_phonemes.py LIBRARY DATA_PARENT`.

Only the standard library; not imported by anything. Reads JSON `{voice, texts}` from standard
input and writes a list of phonemes, in the international phonetic alphabet.
"""

import ctypes
import json
import os
import sys

SYNCHRONOUS = 2
DONT_EXIT = 0x8000
UTF8 = 1
IPA = 0x02


def main(path: str, data_parent: str) -> None:
    """Answers one request; ends with 1 where the library or its voice is not there."""
    request = json.loads(sys.stdin.buffer.read())
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what the library prints is no answer
    data = None
    if data_parent:
        os.chdir(data_parent)  # the library takes no path of 160 bytes
        data = b"."
    library = ctypes.CDLL(path)
    library.espeak_TextToPhonemes.restype = ctypes.c_char_p
    if library.espeak_Initialize(SYNCHRONOUS, 0, data, DONT_EXIT) <= 0:
        sys.exit(1)
    if library.espeak_SetVoiceByName(request["voice"].encode()):
        sys.exit(1)
    found = [phonemes(library, text) for text in request["texts"]]
    answers.write(json.dumps(found).encode())
    answers.close()


def phonemes(library: ctypes.CDLL, text: str) -> str:
    """All clauses of one text."""
    buffer = ctypes.create_string_buffer(text.encode("utf-8", "replace"))
    rest = ctypes.c_void_p(ctypes.addressof(buffer))
    clauses = []
    while rest.value:
        clauses.append((library.espeak_TextToPhonemes(ctypes.byref(rest), UTF8, IPA) or b"").decode("utf-8", "replace"))
    return " ".join(clauses)


if __name__ == "__main__":
    main(*sys.argv[1:])

"""The parts of the session screen, each as rows of runs."""

from typing import NamedTuple

from voicecoach.player.scene import Scene
from voicecoach.tui.cells import cell_len, clean, clip, filled, wrap
from voicecoach.tui.digits import numeral, shown, width_of
from voicecoach.tui.letters import big, line_rows
from voicecoach.tui.sight import HUES, Run, Sight
from voicecoach.units import SECOND, clock


class Space(NamedTuple):
    """Rows for each part; `scale` is the size of block letters, 0 for none."""

    scale: int
    band: int
    main: int
    caption: int
    following: int
    air: int
    thick: int


def head(sight: Sight, width: int) -> list[Run]:
    """The title, and what is not as usual."""
    status = clip(" · ".join(sight.status), width)
    title = clip(clean(sight.title), max(0, width - cell_len(status) - 2))
    return [
        (title, "title"),
        (" " * (width - cell_len(title) - cell_len(status)), "title"),
        (status, "status"),
    ]


def band(sight: Sight, width: int, margin: int, space: Space) -> list[list[Run]]:
    """The phase as a word on a field of its colour, and the tone that was just heard."""
    role = HUES[sight.scene.phase]
    word = _trimmed(big(sight.scene.phase, width - 2 * margin, space.scale, 1) or ())
    drawn = len(word[0]) if word else 0
    sign = _sign(sight.tone, width - 2 * margin - drawn - 4, space.scale)
    above = (space.band - len(word) + 1) // 2
    rows: list[list[Run]] = []
    for row in range(space.band):
        inside = 0 <= row - above < len(word)
        left = word[row - above] if inside else ""
        right = sign[row - above] if inside and sign else ""
        middle = " " * (width - 2 * margin - len(left) - cell_len(right))
        rows.append([(" " * margin + left + middle + right + " " * margin, role)])
    return rows


def _sign(tone: str, width: int, scale: int) -> tuple[str, ...]:
    """What is heard, for those who do not hear it."""
    if not tone:
        return ()
    return _trimmed(big(clean(tone), width, scale, 1) or ())


def _trimmed(rows: tuple[str, ...]) -> tuple[str, ...]:
    """Block letters without the empty row below them."""
    return rows[:-1] if rows and not rows[-1].strip() else rows


def main(sight: Sight, width: int, margin: int, space: Space) -> list[list[Run]]:
    """The digits, and beside them what to do, with an empty row above and below where there is room."""
    above = 1 if space.main >= 8 else 0
    rows = space.main - 2 * above
    hue = HUES[sight.scene.phase]
    back = hue if sight.flash else "text"
    number, area = _number(sight.scene, rows, width - 2 * margin)
    gap = 3 if width < 70 else 4 if space.scale == 1 else 8
    free = width - 2 * margin - area - gap
    words = _words(sight.scene, free, rows, space.scale)
    found: list[list[Run]] = [[(" " * width, back)]] * above
    for row in range(rows):
        digits = number[row] if row < len(number) else ""
        text, role = words[row] if row < len(words) else ("", "text")
        found.append(
            [
                (" " * margin, back),
                (digits.ljust(area), hue if sight.flash else f"{hue}-digits"),
                (" " * gap, back),
                (filled(text, free), back if sight.flash else role),
                (" " * margin, back),
            ]
        )
    return [*found, *[[(" " * width, back)]] * above]


def _number(scene: Scene, rows: int, width: int) -> tuple[tuple[str, ...], int]:
    """The digits, and the cells kept for them: those of the widest number of as many digits."""
    most = rows
    if scene.seconds is None:
        word = big("space", width // 2, 3, 1) or big("space", width // 2, 2, 1) or big("space", width // 2, 1, 1) or ()
        if scene.phase != "wait" or len(word) > most:
            word = ()
        return word, max((len(row) for row in word), default=0)
    text = shown(max(0, scene.seconds))
    widest = "88" if len(text) <= 2 else text
    room = width * 11 // 20
    while most > 3 and width_of(widest, most) > room:
        most -= 1
    drawn = numeral(text, most, room) or (clip(text, room),)
    area = max(width_of(widest, most), len(drawn[0]))
    shift = area - len(drawn[0])
    return tuple(" " * shift + row for row in drawn), area


def _words(scene: Scene, width: int, rows: int, scale: int) -> list[Run]:
    """What to do and on which side, as large as there is room, then the counts."""
    what, ways = clean(scene.what), clean(scene.ways)
    counts = _counts(scene, width, scale)
    for size in range(scale, 0, -1):
        line = line_rows(size)
        for lines in (1, 2, 3):
            name = big(what, width, size, lines)
            side = big(ways, width, size, 2) if ways else ()
            if name is None or side is None:
                continue
            if len(name) + len(side) + len(counts) <= rows:
                return _spread([(name, "name"), (side, "ways"), (counts, "counts")], rows)
        small = wrap(what, width, 2)
        side = big(ways, width, size, 1) if ways else None
        if side and len(small) + line + len(counts) <= rows:
            return _spread([(small, "name"), (side, "ways"), (counts, "counts")], rows)
    name_rows = wrap(what, width, max(1, rows - 2))
    return [*((row, "name") for row in name_rows), (clip(ways, width), "ways"), *((row, "counts") for row in counts)]


def _spread(parts: list[tuple[tuple[str, ...], str]], rows: int) -> list[Run]:
    """Parts one below another, with the space that is left between them."""
    there = [(lines, role) for lines, role in parts if lines]
    spare = rows - sum(len(lines) for lines, _ in there)
    gap = min(2, spare // len(there)) if there else 0
    found: list[Run] = []
    for lines, role in there:
        found += [(line, role) for line in lines]
        found += [("", "text")] * gap
    return found


def _counts(scene: Scene, width: int, scale: int) -> tuple[str, ...]:
    joined = " · ".join(clean(line) for line in scene.counts)
    block = big(joined, width, 1, 1) if joined and scale > 1 else None
    if block:
        return block
    return wrap(joined, width, 2) if joined else ()


def bar(share: float, width: int) -> list[Run]:
    """A bar of half cells: its filled part is thick, the rest thin, so that it needs no colour."""
    halves = round(min(1.0, max(0.0, share)) * width * 2)
    done = "█" * (halves // 2) + ("▌" if halves % 2 else "")
    return [(done, "bar"), ("─" * (width - len(done)), "track")]


def course(scene: Scene, width: int) -> list[Run]:
    """The bar of the session with a mark where each chapter begins."""
    plain = "".join(text for text, _ in bar(scene.session_share, width))
    marks = {round(share * width) for share in scene.chapters if 0 < share < 1}
    at = round(min(1.0, max(0.0, scene.session_share)) * width)
    runs: list[Run] = []
    for column, char in enumerate(plain):
        role = "mark" if column in marks else "session" if column < at else "track"
        shown_char = "┃" if column in marks else char
        if runs and runs[-1][1] == role:
            runs[-1] = (runs[-1][0] + shown_char, role)
        else:
            runs.append((shown_char, role))
    return runs


def caption(sight: Sight, width: int, space: Space) -> list[list[Run]]:
    """The line that is being said; in its place, what is wrong and what to do."""
    if not space.caption:
        return []
    if sight.trouble:
        lines = [*wrap(clean(sight.trouble), width, space.caption), *wrap(clean(sight.fix), width, space.caption)]
        return [[(filled(line, width), "trouble")] for line in lines[: space.caption]] + [[("", "text")]] * (
            space.caption - len(lines)
        )
    said = clean(sight.scene.caption)
    block = big(said, width, 1, 2) if space.scale > 1 and said else None
    rows = block or wrap(said, width, min(space.caption, 3))
    return [[(row, "caption")] for row in rows] + [[("", "text")]] * (space.caption - len(rows))


def following(scene: Scene, width: int, space: Space) -> list[list[Run]]:
    """What comes next."""
    label = "Next  "
    words = clean(scene.next)
    block = big(words, width - len(label), 1, 1) if words and space.following > 1 else None
    rows = block or (clip(words, width - len(label)),)
    lead = [label] + [" " * len(label)] * (len(rows) - 1)
    found = [[(first, "quiet"), (row, "next")] for first, row in zip(lead, rows, strict=True)]
    return [*(found if words else []), *[[("", "text")]] * (space.following - (len(rows) if words else 0))]


def hint(sight: Sight, width: int) -> list[Run]:
    """The answer to a key, else what can be done now."""
    words = sight.notice or ("" if sight.trouble else sight.scene.hint)
    return [(clip(clean(words), width), "hint")]


def whereabouts(scene: Scene, width: int) -> list[Run]:
    """The chapter, and the time."""
    time = f"{_clock(scene.elapsed_ms)} of {_clock(scene.length_ms)}"
    chapter = clip(clean(scene.chapter), max(0, width - len(time) - 2))
    return [(chapter, "quiet"), (" " * (width - cell_len(chapter) - len(time)), "quiet"), (time, "quiet")]


def _clock(time: int) -> str:
    return clock(time // SECOND * SECOND)

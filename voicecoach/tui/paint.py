"""A moment of a session as rows of text for a space of any size; no widget, no clock."""

from voicecoach.tui import parts
from voicecoach.tui.cells import cell_len, clean, clip, filled
from voicecoach.tui.digits import shown
from voicecoach.tui.parts import Space
from voicecoach.tui.sight import HUES, Row, Run, Sight


def paint(sight: Sight, width: int, height: int) -> tuple[Row, ...]:
    """Exactly `height` rows of exactly `width` cells."""
    if width <= 0 or height <= 0:
        return ()
    small = width < 44 or height < 13
    rows = _small(sight, width) if small else _roomy(sight, width, height)
    rows = [*rows[:height], *([("", "text")],) * max(0, height - len(rows))]
    return tuple(_exactly(row, width) for row in rows)


def _roomy(sight: Sight, width: int, height: int) -> list[list[Run]]:
    space = _space(sight, width, height)
    scene = sight.scene
    margin = 1 if width < 70 else 2
    inner = width - 2 * margin
    air: list[list[Run]] = [[("", "text")]] * space.air

    def put(rows: list[list[Run]]) -> list[list[Run]]:
        return [[(" " * margin, row[0][1] if row else "text"), *row] for row in rows]

    bout = put([parts.bar(scene.bout_share, inner)] * space.thick)
    session = put([parts.course(scene, inner)] * space.thick)
    return [
        *put([parts.head(sight, inner)]),
        *air,
        *parts.band(sight, width, margin, space),
        *air,
        *parts.main(sight, width, margin, space),
        *air,
        *bout,
        *air,
        *put(parts.caption(sight, inner, space)),
        *air,
        *put(parts.following(scene, inner, space)),
        *put([parts.hint(sight, inner)]),
        *session,
        *(put([parts.whereabouts(scene, inner)]) if height >= 18 else []),
    ]


def _space(sight: Sight, width: int, height: int) -> Space:
    large = width >= 140 and height >= 38
    air = 1 if height >= 30 else 0
    thick = 2 if height >= 44 else 1
    band = (7 if large else 4) if height >= 22 else 3
    caption = 0 if not sight.captions and not sight.trouble else 6 if large else 2
    following = 3 if large else 1
    fixed = 1 + band + 2 * thick + caption + following + 1 + 5 * air + (1 if height >= 18 else 0)
    return Space(2 if large else 1, band, height - fixed, caption, following, air, thick)


def _small(sight: Sight, width: int) -> list[list[Run]]:
    scene = sight.scene
    left = "" if scene.seconds is None else f" {shown(max(0, scene.seconds))}"
    head = f" {scene.phase.upper()}{left} {clean(sight.tone).upper()}"
    said = sight.trouble or (scene.caption if sight.captions else "")
    hint = sight.fix or sight.notice or scene.hint
    rows: list[list[Run]] = [
        [(filled(head, width), HUES[scene.phase])],
        [(clip(clean(scene.what), width), "name")],
        [(clip(clean(scene.ways), width), "ways")],
        [(clip(clean(hint), width), "hint")],
        [(clip(" · ".join(scene.counts), width), "counts")],
        parts.course(scene, width),
        [(clip(clean(said), width), "trouble" if sight.trouble else "caption")],
        [(clip(f"Next  {clean(scene.next)}" if scene.next else "", width), "next")],
        [(clip(" · ".join(sight.status), width), "status")],
    ]
    return [row for row in rows if any(text for text, _ in row)]


def _exactly(row: list[Run], width: int) -> Row:
    """A row of exactly this width: cut, or filled up in the role of its last run."""
    runs: list[Run] = []
    free = width
    for text, role in row:
        if not text or free <= 0:
            continue
        piece = text if cell_len(text) <= free else filled(text, free)
        runs.append((piece, role))
        free -= cell_len(piece)
    if free > 0:
        last = row[-1][1] if row else "text"
        runs.append((" " * free, last if last == "trouble" or last in HUES.values() else "text"))
    return tuple(runs)

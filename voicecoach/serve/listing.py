"""The page a phone sees first: what is offered, in links; it runs no script."""

import base64
import hashlib
import html
from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import quote

_STYLE = """
:root { --paper: #f4f6f8; --card: #fff; --ink: #10161b; --quiet: #465461; --line: #c4ced6; --accent: #0b539b;
  --on: #fff; color-scheme: light dark; }
@media (prefers-color-scheme: dark) { :root { --paper: #10161b; --card: #1a242c; --ink: #e6ebef; --quiet: #a9b8c4;
  --line: #3a4a57; --accent: #6cb8ff; --on: #0b1014; } }
* { box-sizing: border-box; margin: 0; }
body { background: var(--paper); color: var(--ink); max-width: 40rem; margin: 0 auto; padding: 1rem;
  font: 1rem/1.4 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
h1 { font-size: 1.4rem; }
h2 { font-size: 1.2rem; overflow-wrap: anywhere; }
p { color: var(--quiet); }
ul { list-style: none; padding: 0; display: grid; gap: 1rem; margin: 1rem 0; }
li { background: var(--card); border: 1px solid var(--line); border-radius: 1rem; padding: 1rem; }
li div { display: flex; flex-wrap: wrap; gap: .75rem; margin-top: .75rem; }
a { min-height: 3rem; padding: .6rem 1.1rem; border-radius: 1.5rem; border: 2px solid var(--accent); font-weight: 700;
  color: var(--accent); text-decoration: none; display: inline-flex; align-items: center; }
a.page { background: var(--accent); color: var(--on); }
a:focus-visible { outline: 3px solid var(--ink); outline-offset: 2px; }
"""
_HASH = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()

POLICY = f"default-src 'none'; style-src 'sha256-{_HASH}'; img-src data:; base-uri 'none'; form-action 'none'"
"""The content security policy of the list."""


class Sound(NamedTuple):
    """A sound file: its name in the address, and its size in bytes."""

    name: str
    size: int


class Entry(NamedTuple):
    """One routine: its title and language, its length in words, the name of its page, and its sound files."""

    title: str
    lang: str
    length: str
    page: str
    sounds: Sequence[Sound]


def listing(entries: Sequence[Entry]) -> str:
    """The list as a page."""
    items = "\n".join(_item(entry) for entry in entries)
    return f"""<!doctype html>
<html lang="en" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>voicecoach</title>
<style>{_STYLE}</style>
</head>
<body>
<main>
<h1>Sessions</h1>
<p>Play one here, or keep its sound file on the phone. They are offered until voicecoach ends on the computer.</p>
<ul>
{items}
</ul>
</main>
</body>
</html>
"""


def _item(entry: Entry) -> str:
    """One routine; the title in the name of each link tells apart links that look the same."""
    title = html.escape(entry.title)
    links = [f'<a class="page" href="{_link(entry.page)}" aria-label="Play: {title}">Play</a>']
    for sound in entry.sounds:
        words = html.escape(f"{sound.name.rpartition('.')[2]}, {sound.size / 1e6:.1f} MB")
        links.append(f'<a href="{_link(sound.name)}" aria-label="{words}: {title}" download>{words}</a>')
    head = f'<h2 lang="{html.escape(entry.lang)}" dir="auto">{title}</h2><p>{html.escape(entry.length)}</p>'
    return f"<li>{head}<div>{''.join(links)}</div></li>"


def _link(name: str) -> str:
    """A name as a link inside the same folder, whatever is in it."""
    return html.escape("./" + quote(name, safe=""))

import base64
import hashlib
import re

from voicecoach.serve.listing import POLICY, Entry, Sound, listing


def test_each_routine_has_its_page_and_its_sounds() -> None:
    page = listing([Entry("Feet", "en", "10:23", "feet.html", [Sound("feet.m4a", 1_340_000)])])

    assert '<h2 lang="en" dir="auto">Feet</h2><p>10:23</p>' in page
    assert '<a class="page" href="./feet.html" aria-label="Play: Feet">Play</a>' in page
    assert '<a href="./feet.m4a" aria-label="m4a, 1.3 MB: Feet" download>m4a, 1.3 MB</a>' in page


def test_text_of_people_is_text_and_names_stay_in_the_folder() -> None:
    page = listing([Entry('<b>"x"</b>', 'en" x="', "<", "javascript:alert(1)//../a?b#c.html", [])])

    assert "<b>" not in page
    assert 'aria-label="Play: &lt;b&gt;&quot;x&quot;&lt;/b&gt;"' in page
    assert '<h2 lang="en&quot; x=&quot;" dir="auto">&lt;b&gt;' in page
    assert 'href="./javascript%3Aalert%281%29%2F%2F..%2Fa%3Fb%23c.html"' in page


def test_its_policy_allows_its_own_style_and_nothing_that_runs() -> None:
    style = re.findall(r"<style>(.*?)</style>", listing([]), re.DOTALL)[0]

    assert base64.b64encode(hashlib.sha256(style.encode()).digest()).decode() in POLICY
    assert "script" not in POLICY + listing([])

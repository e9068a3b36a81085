"""The page in a real browser, as a person uses it."""

import pytest
from selenium.webdriver.common.keys import Keys

from tests.browser.chromium import DESK, PHONE, SIDEWAYS, Chromium, Size
from tests.browser.pages import CHAPTERS, TITLE

pytestmark = pytest.mark.browser

SECOND_CHAPTER = "#chapters li:nth-child(2) button"
THIRD_CHAPTER = "#chapters li:nth-child(3) button"
PLAYING = "!document.querySelector('audio').paused"


def chapter(browser: Chromium) -> str:
    """The title of the chapter that is marked as the present one."""
    return browser.text("#chapters button[aria-current] span")


def play(browser: Chromium) -> None:
    browser.click("#play")
    browser.wait(lambda: browser.value(PLAYING), "the sound to play")


def pause_at(browser: Chromium, seconds: float) -> None:
    """Stands still there, as if it had been played so far."""
    browser.value(f"(document.querySelector('audio').pause(), document.querySelector('audio').currentTime = {seconds})")
    browser.wait(lambda: not browser.value("document.querySelector('audio').seeking"), "the seek")
    browser.wait(lambda: browser.text("#at") == f"0:{int(seconds):02d}", "the page to show it")


def test_it_plays_when_a_person_presses_play_and_not_before(browser: Chromium, address: str) -> None:
    browser.open(address)
    assert browser.text("#phase") == "press play"
    assert not browser.value(PLAYING)

    play(browser)
    browser.wait(lambda: browser.at() > 0.5, "half a second of sound")

    assert browser.element("#play").get_attribute("aria-label") == "Pause"
    assert (browser.text("#phase"), browser.text("#what")) == ("listen", "Calf stretch")
    browser.click("#play")
    browser.wait(lambda: browser.element("#play").get_attribute("aria-label") == "Play", "the pause")
    still = browser.at()
    assert browser.text("#phase") == "paused"
    assert browser.at() == still


def test_a_tap_on_a_chapter_goes_there(browser: Chromium, address: str) -> None:
    browser.open(address)
    assert chapter(browser) == "Feet"
    play(browser)

    browser.click(SECOND_CHAPTER)

    browser.wait(lambda: 4 <= browser.at() < 8, "the second chapter")
    browser.wait(lambda: browser.text("#phase") == "hold", "its phase")
    assert chapter(browser) == "Calf <b>stretch</b>, left leg"
    assert browser.text("#detail") == "left leg · Hold 1 of 1"
    assert browser.text("#next") == "Next: right leg, 10 s"
    assert browser.value(PLAYING)


def test_the_seconds_count_down_to_the_end_of_the_hold(browser: Chromium, address: str) -> None:
    browser.open(address)

    pause_at(browser, 4)
    assert browser.text("#seconds") == "10"
    pause_at(browser, 13.5)
    assert browser.text("#seconds") == "1"
    assert browser.text("#left") == "0:17"
    pause_at(browser, 14)
    assert browser.text("#seconds") == "6"


def test_the_words_follow_the_sound(browser: Chromium, address: str) -> None:
    browser.open(address)

    seen = []
    for second in (0.2, 1, 5.2, 7, 12, 15):
        pause_at(browser, second)
        marked = browser.value("document.querySelector('#words .now')?.textContent")
        seen.append((browser.text("#words"), marked))

    assert seen == [
        ("", None),
        ("Start slowly.", None),
        ("Heel down", "Heel"),
        ("Heel down", "down"),
        ("", None),
        ("Switch to the <i>right</i> side.", None),
    ]


def test_the_words_change_while_it_plays(browser: Chromium, address: str) -> None:
    browser.open(address)
    pause_at(browser, 4.5)

    play(browser)

    browser.wait(lambda: browser.text("#words") == "Heel down", "the words")
    assert 5 <= browser.at() < 8


def test_every_key_works(browser: Chromium, address: str) -> None:
    browser.open(address)
    pause_at(browser, 1)

    browser.press(Keys.ARROW_RIGHT)
    browser.wait(lambda: browser.text("#at") == "0:11", "ten seconds more")
    browser.press(Keys.ARROW_LEFT)
    browser.wait(lambda: browser.text("#at") == "0:01", "ten seconds less")
    browser.press(Keys.ARROW_RIGHT, shift=Keys.SHIFT)
    browser.wait(lambda: browser.at() == 4, "the next exercise")
    browser.press(Keys.ARROW_RIGHT, shift=Keys.SHIFT)
    browser.wait(lambda: browser.at() == 14, "the one after that")
    browser.press(Keys.ARROW_RIGHT, shift=Keys.SHIFT)
    assert browser.text("#status") == "This is the last exercise"
    browser.press(Keys.ARROW_LEFT, shift=Keys.SHIFT)
    browser.wait(lambda: browser.at() == 4, "the exercise before")
    browser.press(" ")
    browser.wait(lambda: browser.value(PLAYING), "play")
    browser.press(" ")
    browser.wait(lambda: not browser.value(PLAYING), "pause")


def test_it_can_be_used_with_the_tab_key_alone(browser: Chromium, address: str) -> None:
    browser.open(address)
    named = "document.activeElement.ariaLabel ?? document.activeElement.textContent"

    order = []
    for _ in range(10):
        browser.press(Keys.TAB)
        order.append(str(browser.value(named)).rpartition(",")[2].strip())
        outline = browser.value("getComputedStyle(document.activeElement).outlineStyle")
        assert outline == "solid", order[-1]

    assert order == [
        "Feet 0:00",
        "left leg 0:04",
        "right leg 0:14",
        "Keys",
        "Place in the session",
        "Back one exercise",
        "Back 10 seconds",
        "Play",
        "On 10 seconds",
        "Next exercise",
    ]
    browser.press(" ")
    browser.wait(lambda: browser.at() == 4, "the button with the focus, and not play")
    assert not browser.value(PLAYING)


def test_buttons_go_back_and_on(browser: Chromium, address: str) -> None:
    browser.open(address)
    pause_at(browser, 9)

    for button, place in (("later", 19), ("back", 14), ("back", 4), ("forward", 14), ("earlier", 4), ("earlier", 0)):
        browser.click(f"#{button}")
        browser.wait(lambda place=place: browser.at() == place, f"{button} to {place}")


def test_the_line_can_be_dragged(browser: Chromium, address: str) -> None:
    browser.open(address)
    place = browser.element("#place")

    browser.click("#place")

    browser.wait(lambda: 14 < browser.at() < 16, "the middle")
    browser.wait(lambda: place.get_attribute("aria-valuetext") == "15 seconds of 30 seconds", "its words")


def test_the_place_is_remembered(browser: Chromium, address: str) -> None:
    browser.open(address)
    browser.click(THIRD_CHAPTER)
    browser.wait(lambda: browser.at() == 14, "the third chapter")

    browser.open("about:blank")
    browser.open(address)

    browser.wait(lambda: browser.at() == 14, "the third chapter again")
    assert browser.text("#status") == "Goes on at 14 seconds"
    assert not browser.value(PLAYING)


def test_after_the_end_it_begins_anew(browser: Chromium, address: str) -> None:
    browser.open(address)
    pause_at(browser, 29.7)

    play(browser)
    browser.wait(lambda: browser.text("#phase") == "done", "the end")

    assert (browser.text("#seconds"), browser.text("#left")) == ("✓", "0:00")
    assert browser.element("#play").get_attribute("aria-label") == "Play"
    assert browser.value("localStorage.length") == 0
    browser.click("#play")
    browser.wait(lambda: 0 < browser.at() < 5, "the beginning")


def test_it_plays_without_storage_and_without_what_the_device_may_lack(browser: Chromium, address: str) -> None:
    browser.before_each_page("""
        Object.defineProperty(window, "localStorage", { get() { throw new DOMException("no", "SecurityError"); } });
        delete Navigator.prototype.mediaSession;
        delete Navigator.prototype.wakeLock;
    """)
    browser.open(address)

    play(browser)
    browser.click(SECOND_CHAPTER)

    browser.wait(lambda: browser.at() > 4.2, "the sound")
    assert browser.value("!('wakeLock' in navigator || 'mediaSession' in navigator)")


def test_the_lock_screen_shows_and_changes_the_exercise(browser: Chromium, address: str) -> None:
    browser.before_each_page("""
        window.handlers = {}; window.places = [];
        const { setActionHandler, setPositionState } = MediaSession.prototype;
        MediaSession.prototype.setActionHandler = function (name, action) {
          window.handlers[name] = action;
          setActionHandler.call(this, name, action);
        };
        MediaSession.prototype.setPositionState = function (state) {
          window.places.push(state);
          setPositionState.call(this, state);
        };
    """)
    browser.open(address)
    play(browser)
    title = "navigator.mediaSession.metadata.title"
    assert browser.value(title) == "Feet"

    browser.value("handlers.nexttrack()")
    browser.wait(lambda: browser.value(title) == CHAPTERS[1].title, "the title of the next exercise")
    browser.value("handlers.seekto({seekTime: 20})")
    browser.wait(lambda: browser.value(title) == CHAPTERS[2].title, "the title there")
    browser.value("handlers.previoustrack()")
    browser.wait(lambda: 14 <= browser.at() < 16, "the beginning of the exercise")
    browser.value("handlers.pause()")
    browser.wait(lambda: browser.value("navigator.mediaSession.playbackState") == "paused", "the pause")

    assert browser.value("navigator.mediaSession.metadata.artist") == TITLE
    assert browser.value("navigator.mediaSession.metadata.artwork[0].src").startswith("data:image/png;base64,")
    assert sorted(browser.value("Object.keys(handlers)")) == ["nexttrack", "pause", "play", "previoustrack", "seekto"]
    last = browser.value("places[places.length - 1]")
    assert (last["duration"], 14 <= last["position"] < 17) == (30, True)


def test_the_screen_is_kept_on_while_it_plays(browser: Chromium, address: str) -> None:
    browser.before_each_page("""
        window.locks = [];
        const { request } = WakeLock.prototype;
        WakeLock.prototype.request = async function (kind) {
          const lock = await request.call(this, kind);
          window.locks.push(lock);
          return lock;
        };
    """)
    browser.open(address)
    assert browser.value("locks.length") == 0

    play(browser)
    browser.wait(lambda: browser.value("locks.length === 1 && !locks[0].released"), "the wake lock")
    browser.click("#play")

    browser.wait(lambda: browser.value("locks.every((lock) => lock.released)"), "its release")


def test_text_of_people_is_shown_as_text(browser: Chromium, address: str) -> None:
    browser.open(address)

    assert browser.driver.title == TITLE
    assert browser.text("h1") == TITLE
    assert browser.value("document.querySelectorAll('#chapters b, #words i').length") == 0
    assert browser.element("h1").get_attribute("lang") == "en-GB"
    assert browser.value("[document.documentElement.lang, document.documentElement.dir]") == ["en", "ltr"]


def test_nothing_is_asked_of_a_network(browser: Chromium, address: str) -> None:
    browser.open(address)
    play(browser)
    browser.wait(lambda: browser.at() > 0.2, "the sound")

    fetched = browser.value("performance.getEntriesByType('resource').map((entry) => entry.name.split(':')[0])")

    assert set(fetched) <= {"blob", "data"}


def test_the_policy_lets_no_other_script_run(browser: Chromium, address: str) -> None:
    browser.open(address)

    browser.value("""(() => {
        const script = document.createElement("script");
        script.textContent = "window.struck = true";
        document.body.append(script);
    })()""")

    assert browser.value("window.struck") is None
    assert any("script-src" in line for line in browser.console())
    browser.value("window.violations = []")


@pytest.mark.parametrize("size", [PHONE, SIDEWAYS, DESK])
def test_it_fits_the_screen(browser: Chromium, address: str, size: Size) -> None:
    browser.resize(size)
    browser.open(address)
    pause_at(browser, 12)

    assert browser.value("document.documentElement.scrollWidth") <= size.width
    for control in ("back", "earlier", "play", "later", "forward", "seconds", "what"):
        box = browser.value(f"document.getElementById('{control}').getBoundingClientRect().toJSON()")
        assert box["top"] >= 0
        assert box["bottom"] <= size.height, control
        assert (box["left"] >= 0, box["right"] <= size.width) == (True, True), control
    assert browser.value("parseFloat(getComputedStyle(document.getElementById('seconds')).fontSize)") >= 120


@pytest.mark.parametrize("size", [PHONE, SIDEWAYS, DESK])
def test_every_target_is_large_enough_for_a_finger(browser: Chromium, address: str, size: Size) -> None:
    browser.resize(size)
    browser.open(address)

    small = browser.value("""[...document.querySelectorAll("button, input, summary")]
        .filter((one) => one.offsetParent !== null)
        .filter((one) => one.getBoundingClientRect().width < 44 || one.getBoundingClientRect().height < 44)
        .map((one) => one.outerHTML)""")

    assert small == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, SIDEWAYS, DESK])
def test_axe_finds_nothing_wrong(browser: Chromium, address: str, axe: str, size: Size, scheme: str) -> None:
    browser.resize(size)
    browser.prefer(color_scheme=scheme, reduced_motion="reduce")
    browser.open(address)

    for second in (0, 1, 5.5, 16, 25):
        pause_at(browser, second)
        assert browser.audit(axe) == []
    play(browser)
    for second in (1, 5.5, 16, 25):
        browser.value(f"document.querySelector('audio').currentTime = {second}")
        browser.wait(lambda: not browser.value("document.querySelector('audio').seeking"), "the seek")
        assert browser.audit(axe) == []


def test_who_prefers_no_motion_sees_none(browser: Chromium, address: str) -> None:
    moving = "getComputedStyle(document.getElementById('stage')).transitionDuration"
    browser.prefer(reduced_motion="no-preference")
    browser.open(address)
    assert browser.value(moving) == "0.2s"

    browser.prefer(reduced_motion="reduce")

    assert browser.value(moving) == "0s"


def test_without_scripts_it_says_what_to_do(browser: Chromium, address: str, axe: str) -> None:
    browser.open_without_scripts(address)

    seen = browser.element("body").text

    assert "Scripts are off here" in seen
    assert "voicecoach serve" in seen
    assert ".m4a" in seen
    assert browser.element("h1").text == TITLE
    assert [one for one in ("#stage", "#bar", "nav", "#play") if browser.element(one).is_displayed()] == []
    assert browser.audit(axe) == []


def test_if_the_player_fails_it_says_what_to_do(browser: Chromium, address: str) -> None:
    browser.before_each_page("JSON.parse = () => { throw new Error('an old browser'); };")

    browser.open(address)

    assert "Scripts are off here" in browser.element("body").text
    assert not browser.element("#bar").is_displayed()
    assert any("an old browser" in line for line in browser.console())


def test_a_stranger_s_error_does_not_take_the_player_away(browser: Chromium, address: str) -> None:
    browser.open(address)
    play(browser)

    browser.value("void setTimeout(() => { throw new Error('of an extension'); })")
    browser.wait(lambda: any("of an extension" in line for line in browser.console()), "the error")

    assert browser.element("#bar").is_displayed()
    assert browser.value(PLAYING)


def test_a_browser_that_cannot_play_says_so(browser: Chromium, address: str) -> None:
    browser.before_each_page("""
        const make = URL.createObjectURL;
        URL.createObjectURL = () => make.call(URL, new Blob(["no sound"], { type: "audio/mp4" }));
    """)

    browser.open(address)

    browser.wait(lambda: browser.element("#trouble").text, "the message")
    assert "cannot play the sound" in browser.element("#trouble").text

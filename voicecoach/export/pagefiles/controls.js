// What a person can do: buttons, list, line and keys; they all end in the same few functions.

function toggle() {
  if (isPlaying()) audio.pause();
  else play();
}

function go(at) {
  seek(at);
  remember();
  draw();
  tellPlace();
  const chapter = session.chapters[chapterAt(here())];
  say(`${chapter.title}, ${spoken(here())}`);
}

function back() {
  go(backFrom(here()));
}

function forward() {
  const at = nextFrom(here());
  if (at === null) say("This is the last exercise");
  else go(at);
}

const ten = 10000;
shown("play").addEventListener("click", toggle);
shown("back").addEventListener("click", back);
shown("forward").addEventListener("click", forward);
shown("earlier").addEventListener("click", () => go(here() - ten));
shown("later").addEventListener("click", () => go(here() + ten));

shown("place").addEventListener("input", (event) => {
  dragging = true;
  seek(Number(event.target.value));
  draw();
});
shown("place").addEventListener("change", () => {
  dragging = false;
  remember();
  tellPlace();
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const onButton = event.target.closest("button, summary") !== null;
  const keys = {
    " ": event.repeat || onButton ? null : toggle,
    ArrowLeft: event.shiftKey ? back : () => go(here() - ten),
    ArrowRight: event.shiftKey ? forward : () => go(here() + ten),
  };
  const action = keys[event.key];
  if (!action) return;
  event.preventDefault();
  action();
});

offerControls({
  play,
  pause: () => audio.pause(),
  previoustrack: back,
  nexttrack: forward,
  seekto: (details) => go(Math.round(details.seekTime * 1000)),
});

const often = 100; // ms; the seconds must not be seen to jump
let drawing = 0;

function turn() {
  clearInterval(drawing);
  draw();
  tellPlace();
  keepScreenOn();
  if (isPlaying() && document.visibilityState === "visible") drawing = setInterval(draw, often);
}

let saved = 0;
audio.addEventListener("timeupdate", () => {
  draw();
  if (Math.abs(here() - saved) < 2000) return;
  saved = here();
  remember();
});
for (const name of ["play", "playing", "seeked", "loadedmetadata"]) audio.addEventListener(name, turn);
for (const name of ["pause", "ended"]) audio.addEventListener(name, () => { turn(); remember(); });
document.addEventListener("visibilitychange", turn);
addEventListener("pagehide", remember);
audio.addEventListener("error", () => {
  shown("trouble").textContent =
    "This browser cannot play the sound of this page (AAC). Try another browser, or the session as an .m4a file.";
});

drawList((number) => go(session.chapters[number].start));
loadSound();
const left = remembered();
if (left) {
  seek(left);
  say(`Goes on at ${spoken(left)}`);
}
draw();
document.documentElement.classList.add("ready");

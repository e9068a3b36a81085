// What is seen. All text goes in as text, and nothing is touched that has not changed.

const shown = (id) => document.getElementById(id);
const buttons = ["back", "earlier", "play", "later", "forward"].map(shown);
const chapterButtons = [];
let currentChapter = -1;
let currentLine = null;
let dragging = false;

function write(id, text) {
  const element = shown(id);
  if (element.textContent !== text) element.textContent = text;
}

function setAttribute(element, name, value) {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

function drawList(choose) {
  for (const [number, chapter] of session.chapters.entries()) {
    const button = document.createElement("button");
    button.type = "button";
    const title = document.createElement("span");
    title.textContent = chapter.title;
    title.lang = session.lang;
    title.dir = "auto";
    const time = document.createElement("span");
    time.className = "time";
    time.textContent = clock(chapter.start);
    button.append(title, " ", time);
    button.addEventListener("click", () => choose(number));
    const item = document.createElement("li");
    item.append(button);
    shown("chapters").append(item);
    chapterButtons.push(button);
    if (chapter.start > 0) {
      const mark = document.createElement("i");
      mark.style.left = `${(100 * chapter.start) / session.length}%`;
      shown("marks").append(mark);
    }
  }
  if (session.cover) {
    shown("cover").src = session.cover.src;
    shown("cover").hidden = false;
  }
  shown("place").max = String(session.length);
  for (const button of buttons) button.disabled = false;
}

function draw() {
  const at = here();
  const passage = passageAt(at);
  const playing = isPlaying();
  const over = isOver();
  drawStage(at, passage, playing, over);
  drawWords(at);
  drawPlace(at);
  write("next", passage.next && !over ? `Next: ${passage.next}` : "");
  document.documentElement.classList.toggle("playing", playing);
  setAttribute(shown("play"), "aria-label", playing ? "Pause" : "Play");
  if (chapterAt(at) !== currentChapter) drawChapter(chapterAt(at));
}

function drawStage(at, passage, playing, over) {
  const seconds = over ? 0 : Math.ceil((passage.until - at) / 1000);
  const still = at === 0 ? "press play" : "paused";
  setAttribute(shown("stage"), "data-phase", over ? "done" : playing ? passage.phase : "paused");
  write("phase", over ? "done" : playing ? passage.phase : still);
  write("seconds", over ? "✓" : seconds < 100 ? String(seconds) : clock(seconds * 1000));
  shown("seconds").classList.toggle("long", seconds >= 100);
  write("what", over ? "Well done" : passage.what);
  write("detail", over ? "" : [passage.ways, ...passage.counts].filter(Boolean).join(" · "));
  const share = (at - passage.start) / Math.max(1, passage.until - passage.start);
  shown("share").style.setProperty("--share", over ? 1 : share.toFixed(3));
}

function drawWords(at) {
  const line = lineAt(at);
  if (line !== currentLine) {
    currentLine = line;
    shown("words").replaceChildren(...(line ? piecesOf(line) : []));
  }
  if (!line?.words.length) return;
  const number = at < line.end ? numberAt(line.words, at) : -1;
  for (const [index, word] of [...shown("words").children].entries()) word.classList.toggle("now", index === number);
}

/** A line as nodes: whole, or each word with a place of its own. */
function piecesOf(line) {
  if (!line.words.length) return [document.createTextNode(line.text)];
  return line.words.flatMap((word, index) => {
    const span = document.createElement("span");
    span.textContent = word.text;
    return index ? [document.createTextNode(" "), span] : [span];
  });
}

function drawPlace(at) {
  const place = shown("place");
  write("at", clock(at));
  write("left", clock(session.length - at + 999));
  if (!dragging) place.value = String(at);
  place.style.setProperty("--share", (at / session.length).toFixed(4));
  setAttribute(place, "aria-valuetext", `${spoken(at)} of ${spoken(session.length)}`);
}

function drawChapter(number) {
  currentChapter = number;
  for (const [index, button] of chapterButtons.entries()) {
    if (index === number) button.setAttribute("aria-current", "true");
    else button.removeAttribute("aria-current");
  }
  const list = shown("chapters");
  if (list.scrollHeight > list.clientHeight) {
    const button = chapterButtons[number];
    list.scrollTop += button.getBoundingClientRect().top - list.getBoundingClientRect().top - list.clientHeight / 3;
  }
  tellTitle(session.chapters[number]);
}

/** Said by a screen reader: only where a person asked for something whose effect is not heard. */
function say(text) {
  shown("status").textContent = text;
}

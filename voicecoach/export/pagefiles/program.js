"use strict";
// What happens when. Times are whole milliseconds from the start of the session, spans are sorted by their start.

const session = JSON.parse(document.getElementById("session").textContent);
const linger = 2500; // a line stays this long after its last word, to be read to the end
const again = 2000; // "back" means the exercise before, this soon after the beginning of one

/** The number of the last span that has begun at a time; -1 before the first. */
function numberAt(spans, at) {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (spans[middle].start <= at) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function chapterAt(at) {
  return Math.max(0, numberAt(session.chapters, at));
}

/** What is done at a time; a session that does not say has its chapters. */
function passageAt(at) {
  const number = numberAt(session.passages, at);
  if (number >= 0) return session.passages[number];
  const chapter = session.chapters[chapterAt(at)];
  return { start: chapter.start, until: chapter.end, phase: "now", what: chapter.title, ways: "", counts: [], next: "" };
}

/** The line that is said at a time, or was said a moment ago; null if it is quiet. */
function lineAt(at) {
  const line = session.lines[numberAt(session.lines, at)];
  return line && at < line.end + linger ? line : null;
}

/** Where "back" leads: to the beginning of this exercise, or of the one before. */
function backFrom(at) {
  const number = chapterAt(at);
  const start = session.chapters[number].start;
  return at - start < again && number > 0 ? session.chapters[number - 1].start : start;
}

/** Where "next" leads; null in the last exercise. */
function nextFrom(at) {
  const following = session.chapters[chapterAt(at) + 1];
  return following ? following.start : null;
}

/** 75000 → "1:15", with hours from 60 minutes on. */
function clock(time) {
  const seconds = Math.floor(time / 1000);
  const two = (number) => String(number).padStart(2, "0");
  const minutes = Math.floor(seconds / 60);
  const head = minutes < 60 ? String(minutes) : `${Math.floor(minutes / 60)}:${two(minutes % 60)}`;
  return `${head}:${two(seconds % 60)}`;
}

/** 75000 → "1 minute 15 seconds", for those who hear it. */
function spoken(time) {
  const seconds = Math.floor(time / 1000);
  const some = (number, unit) => (number ? [`${number} ${unit}${number === 1 ? "" : "s"}`] : []);
  const words = [...some(Math.floor(seconds / 60), "minute"), ...some(seconds % 60, "second")];
  return words.join(" ") || "0 seconds";
}

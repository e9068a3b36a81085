// The sound: decoded from the text of the page piece by piece, then played like any file.

const audio = document.getElementById("sound");
let wanted = null; // where to begin, while the browser does not know the sound yet

function loadSound() {
  const pieces = [];
  for (const piece of document.querySelectorAll("script.sound")) {
    const text = atob(piece.textContent);
    const bytes = new Uint8Array(text.length);
    for (let index = 0; index < text.length; index += 1) bytes[index] = text.charCodeAt(index);
    pieces.push(bytes);
    piece.remove();
  }
  audio.src = URL.createObjectURL(new Blob(pieces, { type: session.type }));
}

function here() {
  const at = wanted ?? Math.round(audio.currentTime * 1000);
  return Math.min(Math.max(at, 0), session.length);
}

function isOver() {
  return audio.ended || here() >= session.length;
}

function isPlaying() {
  return !audio.paused && !isOver();
}

function seek(at) {
  const target = Math.min(Math.max(at, 0), session.length);
  if (audio.readyState === 0) wanted = target;
  else audio.currentTime = target / 1000;
}

function play() {
  if (isOver()) seek(0);
  audio.play().catch(() => {}); // a browser that wants a touch first leaves it paused, which is shown
}

audio.addEventListener("loadedmetadata", () => {
  if (wanted !== null) audio.currentTime = wanted / 1000;
  wanted = null;
});

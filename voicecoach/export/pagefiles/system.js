// What the device offers around the page: a place to remember, a screen that stays on, controls on the lock screen.
// Each may be missing or refused, and the page plays on without it.

const memory = `voicecoach ${session.id}`;
const worthwhile = 5000; // nobody wants to be taken this close to the beginning or the end

function remember() {
  try {
    const at = here();
    const inside = at > worthwhile && at < session.length - worthwhile;
    if (inside) localStorage.setItem(memory, String(at));
    else localStorage.removeItem(memory);
  } catch {
    // a page from a file, or in a private window, may have no storage
  }
}

/** Where the session was left; 0 if nothing is known. */
function remembered() {
  try {
    const at = Number(localStorage.getItem(memory));
    return Number.isFinite(at) && at > 0 && at < session.length ? at : 0;
  } catch {
    return 0;
  }
}

const isWatched = () => isPlaying() && document.visibilityState === "visible";
let lock = null;
let asking = false; // one answer at a time, or a lock would be lost that nobody gives back

async function keepScreenOn() {
  if (asking) return;
  asking = true;
  const needed = isWatched();
  try {
    if (!needed) await lock?.release();
    else if (lock === null || lock.released) lock = await navigator.wakeLock.request("screen");
  } catch {
    // no wake lock here, or not now
  }
  asking = false;
  if (needed !== isWatched()) keepScreenOn();
}

function offerControls(actions) {
  if (!("mediaSession" in navigator)) return;
  // No seekbackward and seekforward: where both are offered, lock screens show them in place of the exercises.
  for (const [name, action] of Object.entries(actions)) {
    try {
      navigator.mediaSession.setActionHandler(name, action);
    } catch {
      // a control that this browser does not know
    }
  }
}

function tellTitle(chapter) {
  if (!("mediaSession" in navigator)) return;
  const { cover } = session;
  navigator.mediaSession.metadata = new MediaMetadata({
    title: chapter.title,
    artist: session.title,
    album: session.artist,
    artwork: cover ? [{ src: cover.src, sizes: cover.sizes, type: cover.type }] : [],
  });
}

function tellPlace() {
  if (!("mediaSession" in navigator)) return;
  navigator.mediaSession.playbackState = audio.paused ? "paused" : "playing";
  try {
    navigator.mediaSession.setPositionState({
      duration: session.length / 1000,
      position: here() / 1000,
      playbackRate: 1,
    });
  } catch {
    // a browser without positions
  }
}

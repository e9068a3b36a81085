// Runs before anything is drawn. Without it, or if the player does not get ready, the page says what to do instead.
document.documentElement.classList.add("js");
addEventListener("error", (event) => {
  const { classList } = document.documentElement;
  if (event instanceof ErrorEvent && !classList.contains("ready")) classList.remove("js");
});

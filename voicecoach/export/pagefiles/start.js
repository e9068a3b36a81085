// Runs before anything is drawn. Without it, or if something fails, the page says what to do instead of the player.
document.documentElement.classList.add("js");
addEventListener("error", (event) => {
  if (event instanceof ErrorEvent) document.documentElement.classList.remove("js");
});

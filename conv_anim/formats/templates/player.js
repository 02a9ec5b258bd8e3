
"use strict";
const byId = id => document.getElementById(id);
const story = JSON.parse(byId("story").textContent); // times in milliseconds
const figure = byId("picture"), picture = figure.querySelector("svg");
const play = byId("play"), scrubber = byId("scrubber"), speed = byId("speed");
const last = story.starts.length - 1;
const calm = matchMedia("(prefers-reduced-motion: reduce)");
let now = 0, at = -1, playing = false, isPointed = false, nPlays = 0, before = 0, waiting = 0;

// The picture's own times are rounded: what begins at a time may begin a little later.
const seek = () => picture.setCurrentTime(Math.min(now + 1, story.end - 1) / 1000);
const atTime = time => {
  let low = 0, high = last;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (story.starts[middle] <= time) low = middle; else high = middle - 1;
  }
  return low;
};

function show(time) {
  now = time;
  seek();
  const number = atTime(time);
  if (number !== at) {
    at = number;
    scrubber.value = at;
    scrubber.setAttribute("aria-valuetext", story.words[at]);
    byId("words").textContent = story.words[at];
  }
  if (!playing) byId("status").textContent = story.words[at]; // while it plays, that is too much to say
}

function tick(time) {
  // Where nobody looks, browsers call this rarely: the picture waits meanwhile.
  now += Math.min(time - before, 250) * speed.value;
  before = time;
  if (now >= story.end) {
    nPlays += 1;
    if (story.plays && nPlays >= story.plays) return pause(story.end - 1);
    now %= story.end;
  }
  show(now);
  waiting = requestAnimationFrame(tick);
}

function start(time = now) {
  if (story.plays && nPlays >= story.plays) nPlays = 0;
  if (story.plays && nPlays === story.plays - 1 && at === last) { // else it would end at once
    nPlays = 0;
    time = 0;
  }
  playing = true;
  mark();
  show(time);
  before = performance.now();
  cancelAnimationFrame(waiting);
  waiting = requestAnimationFrame(tick);
}

function pause(time = now) {
  playing = false;
  cancelAnimationFrame(waiting);
  mark();
  show(time);
}

function mark() {
  play.classList.toggle("playing", playing);
  play.setAttribute("aria-label", playing ? "Pause" : "Play");
}

const step = number => pause(story.starts[Math.max(0, Math.min(last, number))]);
const toggle = () => playing ? pause() : start();
const restart = () => { nPlays = 0; start(0); };

/* Returns the frames that belong to the output's cell at a point of the page, if there is one. */
function framesAt(event) {
  const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(picture.getScreenCTM().inverse());
  for (const { origin, across, down, frames } of story.grids) {
    const x = point.x - origin[0], y = point.y - origin[1];
    const area = across[0] * down[1] - across[1] * down[0];
    const row = Math.floor((across[0] * y - across[1] * x) / area);
    const column = Math.floor((down[1] * x - down[0] * y) / area);
    if (frames[row]?.[column]?.length) return frames[row][column];
  }
  return [];
}

const keys = {
  " ": toggle,
  ArrowLeft: () => step(at - 1), ArrowDown: () => step(at - 1),
  ArrowRight: () => step(at + 1), ArrowUp: () => step(at + 1),
  PageUp: () => step(at - 1), PageDown: () => step(at + 1), // as a presenter's remote sends
  Home: () => step(0), End: () => step(last),
  Escape: () => parent.postMessage("escape", "*"), // a page that has this one in it may close it
};

document.addEventListener("keydown", event => {
  const key = keys[event.key];
  const isOwn = event.target.closest?.("select") || event.key === " " && event.target.closest?.("button");
  if (!key || isOwn || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  event.preventDefault();
  key();
});
figure.addEventListener("click", event => {
  const frames = framesAt(event);
  if (frames.length) step(frames.find(number => number > at) ?? frames[0]); // the next of its steps
});
figure.addEventListener("pointermove", event => figure.classList.toggle("on-cell", framesAt(event).length > 0));
play.addEventListener("click", toggle);
byId("restart").addEventListener("click", restart);
byId("back").addEventListener("click", () => step(at - 1));
byId("forth").addEventListener("click", () => step(at + 1));
speed.addEventListener("pointerdown", () => { isPointed = true; });
speed.addEventListener("keydown", event => {
  if (isPointed && event.key === "Escape") speed.blur();
  isPointed = false;
});
speed.addEventListener("change", () => { if (isPointed) speed.blur(); }); // keys are the picture's again
scrubber.addEventListener("input", () => step(Number(scrubber.value)));
calm.addEventListener("change", () => { if (calm.matches) step(last); });

// A page that has this one in it may say which theme it has, where none was asked for.
const theme = location.hash.slice(1), root = document.documentElement;
if (root.dataset.theme === "auto" && ["light", "dark"].includes(theme)) root.dataset.theme = theme;

// What is beside the words stays where it is, however long they are, and all of it on one page.
const output = byId("words"), controls = document.querySelector(".player");
const longest = [...new Set(story.words)].sort((a, b) => b.length - a.length).slice(0, 9);
output.style.minWidth = Math.max(...longest.map(text => {
  output.textContent = text;
  return Math.ceil(output.getBoundingClientRect().width);
})) + "px";
new ResizeObserver(() => root.style.setProperty("--controls", controls.offsetHeight + "px")).observe(controls);

const gap = 12, around = 32, leastOfScrubber = 160;
const parts = [...controls.children].map(part =>
  part === scrubber ? leastOfScrubber : gap + Math.ceil(part.getBoundingClientRect().width));
root.style.setProperty("--row", parts.reduce((sum, width) => sum + width) + around + "px");
if (parent !== window) root.style.setProperty("--most", 1); // a page that has this one in it has made room

picture.pauseAnimations();
if (calm.matches) step(last); else start();

// Follows long work: asks how far it is, moves the bar, and shows the page anew when the work has ended.
// Without this file the page loads itself anew every two seconds (see working.html.j2).
"use strict";

const ASKED_MS = 700;
const LOST_MS = 3000;
const SAID_MS = 5000;

const voice = document.createElement("p");
voice.className = "sr";
voice.setAttribute("role", "status");
document.body.append(voice);
let saidAt = 0;

// A screen reader hears the same words once, and no more than every few seconds.
function say(words, now) {
  if (words !== voice.textContent && (now || Date.now() - saidAt > SAID_MS)) {
    voice.textContent = words;
    saidAt = Date.now();
  }
}

function show(box, told) {
  box.querySelector("[data-far]").textContent = told.far;
  const bar = box.querySelector("progress");
  if (told.share === null) bar.removeAttribute("value");
  else bar.value = told.share;
  say(told.far, false);
}

// The rest of the page as it is now: the result, or why there is none.
async function finish(told) {
  const answer = await fetch(location.pathname, { headers: { accept: "text/html" } });
  if (!answer.ok) throw new Error(answer.statusText);
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  const main = document.getElementById("main");
  const held = main.contains(document.activeElement);
  main.replaceChildren(...fresh.getElementById("main").childNodes);
  document.title = fresh.title;
  if (held) main.focus();
  say(told.far, true);
  document.dispatchEvent(new CustomEvent("milepost:shown", { detail: main }));
  follow();
}

async function ask(box) {
  let wait = ASKED_MS;
  try {
    const answer = await fetch(box.dataset.work, { headers: { accept: "application/json" } });
    if (!answer.ok) throw new Error(answer.statusText);
    const told = await answer.json();
    if (told.state !== "running") return await finish(told);
    show(box, told);
  } catch {
    box.querySelector("[data-far]").textContent = box.dataset.lost;
    say(box.dataset.lost, false);
    wait = LOST_MS;
  }
  if (box.isConnected) setTimeout(() => ask(box), wait);
}

function follow() {
  const box = document.querySelector("[data-work]");
  if (box) setTimeout(() => ask(box), ASKED_MS);
}

follow();

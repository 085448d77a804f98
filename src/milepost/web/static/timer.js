// A timer beside the minutes of a session: started and stopped by a button, and still running after a reload.
// Without this file, or without storage, the minutes are typed.
"use strict";

const TICK_MS = 1000;
const MINUTE_MS = 60_000;

function elapsed(from) {
  const seconds = Math.max(0, Math.floor((Date.now() - from) / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

function attach(form) {
  const key = `milepost:timer:${location.pathname}:${form.elements.activity.value}`;
  const minutes = form.elements.minutes;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "quiet";
  const shown = document.createElement("span");
  shown.setAttribute("role", "timer");
  const row = document.createElement("div");
  row.className = "row timer";
  row.append(button, shown);
  form.querySelector("[data-minutes]").after(row);
  let ticking = 0;

  function draw() {
    const from = Number(localStorage.getItem(key));
    button.textContent = from ? form.dataset.stop : form.dataset.start;
    shown.textContent = from ? elapsed(from) : "";
    clearInterval(ticking);
    if (from) ticking = setInterval(() => { shown.textContent = elapsed(from); }, TICK_MS);
    if (from) form.closest("details").open = true;
  }

  button.addEventListener("click", () => {
    const from = Number(localStorage.getItem(key));
    if (from) {
      localStorage.removeItem(key);
      minutes.value = String(Math.max(1, Math.round((Date.now() - from) / MINUTE_MS)));
      minutes.focus();
    } else {
      localStorage.setItem(key, String(Date.now()));
    }
    draw();
  });
  draw();
}

document.querySelectorAll("form[data-timer]").forEach(attach);

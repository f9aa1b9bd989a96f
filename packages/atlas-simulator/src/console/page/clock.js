import { momentOf } from "./wording.js"

const shown = document.querySelector("#now")
const pace = document.querySelector("#pace")
const speeds = [...document.querySelectorAll("[data-speed]")]

let anchor = null

/** Computes the simulated moment in milliseconds, between two reads of the state. */
export function now() {
  return anchor === null ? 0 : anchor.simulated + (performance.now() - anchor.real) * anchor.speed
}

function tick() {
  if (anchor === null) return
  shown.textContent = momentOf(now())
  shown.dateTime = new Date(now()).toISOString()
}

/** Shows the clock that the simulator reports. */
export function setClock(clock) {
  anchor = { simulated: Date.parse(clock.now), real: performance.now(), speed: clock.speed }
  for (const button of speeds) {
    button.setAttribute("aria-pressed", String(Number(button.dataset.speed) === clock.speed))
  }
  pace.textContent =
    clock.speed === 0
      ? "Time stands still."
      : clock.speed === 1
        ? "As fast as real time."
        : `${clock.speed} times as fast as real time.`
  tick()
}

/** Connects the buttons; each callback gets a number. */
export function startClock({ onSpeed, onJump }) {
  for (const button of speeds) {
    button.addEventListener("click", () => onSpeed(Number(button.dataset.speed)))
  }
  for (const button of document.querySelectorAll("[data-seconds]")) {
    button.addEventListener("click", () => onJump(Number(button.dataset.seconds), button.textContent))
  }
  setInterval(tick, 250)
}

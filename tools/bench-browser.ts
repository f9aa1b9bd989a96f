import { chromium, type Browser, type Page } from "@playwright/test"
import { findChromium } from "./find-chromium.ts"

/** Starts a real Chromium without a window. */
export function launchChromium(): Promise<Browser> {
  const executablePath = findChromium()
  return chromium.launch({
    ...(executablePath !== null && { executablePath }),
    args: ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  })
}

/** Makes the page's processor so many times slower (DevTools protocol, Emulation.setCPUThrottlingRate). */
export async function throttle(page: Page, rate: number): Promise<void> {
  const session = await page.context().newCDPSession(page)
  await session.send("Emulation.setCPUThrottlingRate", { rate })
}

/**
 * How long the frames took in which input was handled, in milliseconds from one animation frame to the next. Idle frames
 * in between are not counted: they would make any page look fast.
 * @param act sends real input
 */
export async function measureFrames(page: Page, act: () => Promise<void>): Promise<number[]> {
  await page.evaluate(startRecording)
  await act()
  return (await page.evaluate("stopRecording()")) as number[]
}

/** Runs in the page, so it is a text: what is compiled for Node names helpers that the page has not. */
const startRecording = `{
  const frames = [], inputs = [], kinds = ["wheel", "keydown", "pointermove"]
  const note = () => void inputs.push(performance.now())
  for (const kind of kinds) addEventListener(kind, note, { capture: true, passive: true })
  let last = performance.now(), running = true
  const tick = (now) => {
    if (inputs.some((at) => at >= last && at < now)) frames.push(now - last)
    while (inputs.length > 0 && inputs[0] < now) inputs.shift()
    last = now
    if (running) requestAnimationFrame(tick)
  }
  requestAnimationFrame(tick)
  globalThis.stopRecording = () => {
    running = false
    for (const kind of kinds) removeEventListener(kind, note, { capture: true })
    return frames
  }
}`

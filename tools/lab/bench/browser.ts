import { chromium, type Browser, type BrowserContext, type Page } from "@playwright/test"
import { browserCookies } from "@peering-desk/shared-schemas"
import { findChromium } from "#tools/find-chromium.ts"

/** Starts a real Chromium without a window. */
export function launchChromium(): Promise<Browser> {
  const executablePath = findChromium()
  return chromium.launch({
    ...(executablePath !== null && { executablePath }),
    args: ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  })
}

/**
 * Gives a browser a session of the server, by the `Cookie` header of its person.
 * @param knowsZone true to keep the time zone too, as the sign-in page does: the server draws pages only with it
 */
export async function signIn(
  context: BrowserContext,
  url: string,
  cookie: string,
  { knowsZone = false } = {},
): Promise<void> {
  const [, session = ""] = /(?:^|; )peering-desk-session=([^;]+)/.exec(cookie) ?? []
  const cookies = { "peering-desk-session": session, ...(knowsZone && zoneCookie) }
  await context.addCookies(
    Object.entries(cookies).map(([name, value]) => ({ name, value, url: new URL(url).origin })),
  )
}

const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
export const zoneCookie = { [browserCookies.timeZone]: encodeURIComponent(timeZone) }

/** Makes the page's processor so many times slower (DevTools protocol, Emulation.setCPUThrottlingRate). */
export async function throttle(page: Page, rate: number): Promise<void> {
  const session = await page.context().newCDPSession(page)
  await session.send("Emulation.setCPUThrottlingRate", { rate })
}

/**
 * Measures the frames that handled input, in milliseconds from one animation frame to the next. Idle frames do not count: they
 * would make any page look fast.
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

/**
 * Measures each key or press from the input to the next paint, in milliseconds (W3C: Event Timing, the basis of "interaction to
 * next paint"). A browser rounds to 8 ms and reports none below 16.
 * @param act sends real input
 */
export async function measureInteractions(page: Page, act: () => Promise<void>): Promise<number[]> {
  await page.evaluate(startTiming)
  await act()
  return (await page.evaluate("stopTiming()")) as number[]
}

/** Runs in the page, as above. */
const startTiming = `{
  const longest = new Map()
  const note = (entries) => {
    for (const { interactionId, duration } of entries)
      if (interactionId > 0) longest.set(interactionId, Math.max(duration, longest.get(interactionId) ?? 0))
  }
  const observer = new PerformanceObserver((list) => note(list.getEntries()))
  observer.observe({ type: "event", durationThreshold: 16 })
  globalThis.stopTiming = async () => {
    // The last one is told of after its paint.
    for (let frame = 0; frame < 3; frame += 1) await new Promise((seen) => requestAnimationFrame(() => setTimeout(seen)))
    note(observer.takeRecords())
    observer.disconnect()
    return [...longest.values()]
  }
}`

/** One figure for all of them: the longest, passing over one in fifty (web.dev: Interaction to Next Paint). */
export function toInteractionToNextPaint(durations: readonly number[]): number {
  return durations.toSorted((one, other) => other - one)[Math.floor(durations.length / 50)] ?? Number.NaN
}

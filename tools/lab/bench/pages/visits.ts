import type { Browser, CDPSession } from "@playwright/test"
import { signIn } from "#tools/lab/bench/browser.ts"
import { phone } from "./plain-page.ts"

/** A line and a processor, as DevTools makes them: each request waits so long, and all share so many bytes a second. */
interface Conditions {
  latencyMs: number
  bytesPerSecond: number
  cpuRate: number
  /** Is true when a visit goes on until the page wants no more. */
  isCounted: boolean
}

/** A line that only waits: the time until something divided by the wait is a count of round trips. */
export const farAway: Conditions = { latencyMs: 500, bytesPerSecond: -1, cpuRate: 1, isCounted: true }
/** The slow phone of Lighthouse's mobile profile, with real waits. */
export const slowPhone: Conditions = {
  latencyMs: 562.5,
  bytesPerSecond: 184_320,
  cpuRate: 4,
  isCounted: false,
}

/** What a visit to a page in a browser without a cache saw. */
export interface Visit {
  /** Until the first row was painted (Element Timing), in ms. */
  rowMs: number
  /** Until the script answers presses on it; not a number without a script. */
  usableMs: number
  requests: number
  /** On the wire, with streams, in KB. */
  kb: number
}

/** Without a request that began for so long, a page has what it wants. */
const quietMs = 1_200
const longestMs = 60_000

/** A page to open. */
export interface Opening {
  url: string
  /** The session of the person who opens it; null for nobody. */
  cookie: string | null
  /** Selects the first row of its content. */
  row: string
  /** Is true for a page without a script. */
  isStatic?: boolean
}

/** Opens a page in a new browser context, until its first row is painted and works. */
export async function visit(
  browser: Browser,
  { url, cookie, row, isStatic = false }: Opening,
  { latencyMs: latency, bytesPerSecond, cpuRate: rate, isCounted }: Conditions,
): Promise<Visit> {
  const context = await browser.newContext({ viewport: phone, ignoreHTTPSErrors: true })
  try {
    if (cookie !== null) await signIn(context, url, cookie, { knowsZone: true })
    const page = await context.newPage()
    const session = await context.newCDPSession(page)
    await session.send("Network.enable")
    const wire = countWire(session)
    const line = {
      offline: false,
      latency,
      downloadThroughput: bytesPerSecond,
      uploadThroughput: bytesPerSecond,
    }
    await session.send("Network.emulateNetworkConditions", line)
    await session.send("Emulation.setCPUThrottlingRate", { rate })
    await page.addInitScript(`(${watch})(${JSON.stringify(row)}, ${isStatic})`)
    await page.goto(url, { waitUntil: "commit" })
    // The policy of the page allows no function from a text, which waiting for one would need.
    const until = performance.now() + longestMs
    let seen: Pick<Visit, "rowMs" | "usableMs"> | undefined
    while (seen === undefined) {
      if (performance.now() > until) throw new Error(`${url} showed no row that works`)
      await page.waitForTimeout(50)
      seen = await page.evaluate<typeof seen>("globalThis.seen")
    }
    while (isCounted && !isStatic && performance.now() - wire.lastAt() < quietMs)
      await page.waitForTimeout(50)
    const { rowMs, usableMs } = seen
    return {
      rowMs,
      usableMs: isStatic ? Number.NaN : usableMs,
      requests: wire.requests(),
      kb: wire.kb(),
    }
  } finally {
    await context.close()
  }
}

/** Counts requests, and their bytes as they arrive: a stream never ends. */
function countWire(session: CDPSession) {
  const bytes = new Map<string, number>()
  let lastAt = performance.now()
  session.on("Network.requestWillBeSent", ({ requestId, request }) => {
    if (!request.url.startsWith("http")) return
    bytes.set(requestId, 0)
    lastAt = performance.now()
  })
  session.on("Network.requestServedFromCache", ({ requestId }) => bytes.delete(requestId))
  session.on("Network.dataReceived", ({ requestId, encodedDataLength }) => {
    const before = bytes.get(requestId)
    if (before !== undefined) bytes.set(requestId, before + encodedDataLength)
  })
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    if (bytes.has(requestId)) bytes.set(requestId, encodedDataLength)
  })
  return {
    requests: () => bytes.size,
    kb: () => [...bytes.values()].reduce((sum, one) => sum + one, 0) / 1_000,
    lastAt: () => lastAt,
  }
}

/** Runs in the page, so it is a text. A property of React at the row means that the script has it. */
const watch = `(row, isStatic) => {
  let rowMs, usableMs
  const mark = () => {
    const first = document.querySelector(row)
    if (first === null) return
    // The text of an inline element counts at the block around it.
    let block = first
    while (getComputedStyle(block).display === "inline") block = block.parentElement
    for (const element of [block, first, ...first.querySelectorAll("*")])
      if (!element.hasAttribute("elementtiming")) element.setAttribute("elementtiming", "row")
  }
  const marking = new MutationObserver(mark)
  marking.observe(document, { childList: true, subtree: true })
  new PerformanceObserver((list) => {
    rowMs ??= list.getEntries()[0].renderTime
    marking.disconnect()
  }).observe({ type: "element", buffered: true })
  const look = setInterval(() => {
    const first = document.querySelector(row)
    if (first !== null && Object.keys(first).some((key) => key.startsWith("__reactProps"))) usableMs ??= performance.now()
    if (rowMs === undefined || (usableMs === undefined && !isStatic)) return
    clearInterval(look)
    globalThis.seen = { rowMs, usableMs: Math.max(rowMs, usableMs ?? 0) }
  }, 10)
}`

import type { StreamEvent } from "@peering-desk/shared-schemas"
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest"
import { openStreamConnection, type StreamPhase } from "./stream-connection.ts"
import { FakeBrowser } from "./testing-browser.ts"

const gone: StreamEvent = {
  event: "gone",
  data: { projectId: "p1", id: "x", at: "2026-11-24T10:00:00.000Z" },
}

let browser: FakeBrowser
let close = () => {}
let phases: StreamPhase[]
let events: StreamEvent[]
let shutOuts: number

beforeEach(() => {
  vi.useFakeTimers()
  browser = new FakeBrowser()
  phases = []
  events = []
  shutOuts = 0
  close = openStreamConnection({
    toUrl: () => "/events",
    openEventSource: browser.tab().openEventSource,
    onEvent: (event) => void events.push(event),
    onPhase: (phase) => phases.push(phase),
    onRefused: () => (shutOuts += 1),
  })
})

afterEach(() => {
  close()
  vi.useRealTimers()
})

const last = () => browser.sources.at(-1)

describe("a stream connection", () => {
  test("leaves a cut line to the browser, which reconnects with the id of the last event", () => {
    last()?.open()
    last()?.cut()
    last()?.open()
    vi.advanceTimersByTime(60_000)
    expect(browser.sources).toHaveLength(1)
    expect(phases).toEqual(["live", "reconnecting", "live"])
  })

  test("is opened anew after a refusal, at first after 3 s, at last every 30 s", () => {
    const pauses = [3, 6, 12, 24, 30, 30]
    for (const [index, seconds] of pauses.entries()) {
      last()?.cut({ refused: true })
      vi.advanceTimersByTime(seconds * 1000 - 1)
      expect(browser.sources).toHaveLength(index + 1)
      vi.advanceTimersByTime(1)
      expect(browser.sources).toHaveLength(index + 2)
    }
  })

  test("says so when the session is over or it was refused, and not when the line was cut", () => {
    last()?.open()
    last()?.cut()
    expect(shutOuts).toBe(0)
    last()?.signOut()
    expect(shutOuts).toBe(1)
    last()?.cut({ refused: true })
    expect(shutOuts).toBe(2)
  })

  test("begins with short pauses again once it was open", () => {
    for (const pause of [3, 6]) {
      last()?.cut({ refused: true })
      vi.advanceTimersByTime(pause * 1000)
    }
    last()?.open()
    last()?.cut({ refused: true })
    vi.advanceTimersByTime(3000)
    expect(browser.sources).toHaveLength(4)
  })

  test("takes a line that says nothing for two and a half minutes for dead", () => {
    last()?.open()
    vi.advanceTimersByTime(149_999)
    last()?.send(gone)
    vi.advanceTimersByTime(149_999)
    expect(phases).toEqual(["live"])
    vi.advanceTimersByTime(1)
    expect(phases).toEqual(["live", "reconnecting"])
    vi.advanceTimersToNextTimer()
    expect(browser.sources).toHaveLength(2)
    expect(browser.openSources).toHaveLength(1)
  })

  test("is reopened at once when the network goes and when it is back", () => {
    last()?.open()
    window.dispatchEvent(new Event("offline"))
    expect(phases).toEqual(["live", "reconnecting"])
    vi.advanceTimersByTime(0)
    expect(browser.openSources).toHaveLength(1)
    for (const pause of [3, 6, 12]) {
      last()?.cut({ refused: true })
      vi.advanceTimersByTime(pause * 1000)
    }
    last()?.cut({ refused: true })
    window.dispatchEvent(new Event("online"))
    vi.advanceTimersByTime(0)
    last()?.open()
    expect(browser.openSources).toHaveLength(1)
    expect(phases.at(-1)).toBe("live")
  })

  test("passes over what is not an event of ours", () => {
    last()?.open()
    last()?.sendText("gone", "<html>")
    last()?.sendText("gone", "null")
    last()?.sendText("gone", "{}")
    last()?.sendText("weather", JSON.stringify(gone.data))
    expect(events).toEqual([])
    last()?.send(gone)
    expect(events).toEqual([gone])
  })

  test("opens nothing more once it was closed", () => {
    last()?.cut({ refused: true })
    close()
    window.dispatchEvent(new Event("online"))
    vi.advanceTimersByTime(600_000)
    expect(browser.sources).toHaveLength(1)
  })
})

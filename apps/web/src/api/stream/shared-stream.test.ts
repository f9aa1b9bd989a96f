import type { StreamEvent } from "@peering-desk/shared-schemas"
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest"
import { createSharedStream, type SharedStream, type StreamState } from "./shared-stream.ts"
import { FakeBrowser } from "./testing-browser.ts"

const gone: StreamEvent = {
  event: "gone",
  data: { projectId: "p1", id: "x", at: "2026-11-24T10:00:00.000Z" },
}

let browser: FakeBrowser
const tabs: SharedStream[] = []

beforeEach(() => {
  vi.useFakeTimers()
  browser = new FakeBrowser()
})

afterEach(() => {
  for (const tab of tabs.splice(0)) tab.close()
  vi.useRealTimers()
})

/** Says that a tab has everything of its projects up to an event. */
const upTo = (id: string, ...projectIds: string[]) => new Map(projectIds.map((one) => [one, id]))
const toId = (sequence: number, process = "eeeeeeee") => `0a1b2c3d.7.${process}.${sequence}`

function openTab(projectIds: string[], { withLocks = true, id = toId(1) } = {}) {
  const events: StreamEvent[] = []
  const states: StreamState[] = []
  let shutOuts = 0
  const stream = createSharedStream({
    ...browser.tab({ withLocks }),
    toUrl: (projects) =>
      `/events?${[...projects].map(([one, from]) => (from === toId(1) ? one : `${one}@${from}`)).join()}`,
    onEvent: (event) => events.push(event),
    onState: (state) => states.push(state),
    onRefused: () => (shutOuts += 1),
  })
  stream.want(upTo(id, ...projectIds))
  tabs.push(stream)
  return { stream, events, phase: () => states.at(-1)?.phase, shutOuts: () => shutOuts }
}

/** Lets the tabs talk to each other and open what they agreed on. */
const settle = () => vi.advanceTimersByTimeAsync(100)

const openUrls = () => browser.openSources.map(({ url }) => url)

describe("the tabs of a browser", () => {
  test("share one stream, which covers the projects of all", async () => {
    openTab(["p1"])
    openTab(["p2"])
    openTab(["p1"])
    await settle()
    expect(openUrls()).toEqual(["/events?p1,p2"])
    expect(browser.sources).toHaveLength(1)
  })

  test("all hear each event and how the stream is doing", async () => {
    const [first, second] = [openTab(["p1"]), openTab(["p1"])]
    await settle()
    browser.openSources[0]?.open()
    browser.openSources[0]?.send(gone)
    await settle()
    for (const tab of [first, second]) {
      expect(tab.events).toEqual([gone])
      expect(tab.phase()).toBe("live")
    }
    browser.openSources[0]?.cut()
    await settle()
    expect([first.phase(), second.phase()]).toEqual(["reconnecting", "reconnecting"])
  })

  test("all are told when the session is over, and when the server refuses the stream", async () => {
    const [first, second] = [openTab(["p1"]), openTab(["p1"])]
    await settle()
    browser.openSources[0]?.signOut()
    await settle()
    expect([first.shutOuts(), second.shutOuts()]).toEqual([1, 1])
    browser.openSources[0]?.cut({ refused: true })
    await settle()
    expect([first.shutOuts(), second.shutOuts()]).toEqual([2, 2])
  })

  test("a tab that comes later learns how the stream is doing, and no stream is opened anew for it", async () => {
    openTab(["p1"])
    await settle()
    browser.openSources[0]?.open()
    const late = openTab(["p1"])
    await settle()
    expect(late.phase()).toBe("live")
    expect(browser.sources).toHaveLength(1)
  })

  test("a project wanted by one more tab is added; one that nobody wants any more is dropped", async () => {
    openTab(["p1"])
    await settle()
    const second = openTab(["p2"])
    await settle()
    expect(openUrls()).toEqual(["/events?p1,p2"])
    second.stream.close()
    await settle()
    expect(openUrls()).toEqual(["/events?p1"])
  })

  test("going from one project to another opens one stream, not two", async () => {
    const { stream } = openTab(["p1"])
    await settle()
    stream.want(upTo(""))
    stream.want(upTo(toId(1), "p2"))
    await settle()
    expect(browser.sources.map(({ url }) => url)).toEqual(["/events?p1", "/events?p2"])
    expect(openUrls()).toEqual(["/events?p2"])
  })

  test("another takes over when the tab with the stream is closed", async () => {
    const first = openTab(["p1"])
    const second = openTab(["p2"])
    const third = openTab(["p3"])
    await settle()
    first.stream.close()
    await settle()
    expect(openUrls()).toEqual(["/events?p2,p3"])
    browser.openSources[0]?.open()
    browser.openSources[0]?.send(gone)
    await settle()
    expect([second.events, third.events]).toEqual([[gone], [gone]])
  })

  test("have a stream each where the browser has no locks", async () => {
    openTab(["p1"], { withLocks: false })
    openTab(["p2"], { withLocks: false })
    await settle()
    expect(openUrls()).toEqual(["/events?p1", "/events?p2"])
  })

  test("no stream is open while no tab wants a project", async () => {
    openTab([])
    await settle()
    expect(browser.sources).toEqual([])
  })

  test("open another stream after the last event of each project, and after the list of one that is new", async () => {
    openTab(["p1"])
    await settle()
    browser.openSources[0]?.send(gone, toId(5))
    openTab(["p2"], { id: toId(4) })
    await settle()
    expect(openUrls()).toEqual([`/events?p1@${toId(5)},p2@${toId(4)}`])
  })

  test("begin after the last event again when one takes over", async () => {
    const first = openTab(["p1"])
    openTab(["p1"])
    await settle()
    browser.openSources[0]?.send(gone, toId(5))
    await settle()
    first.stream.close()
    await settle()
    expect(openUrls()).toEqual([`/events?p1@${toId(5)}`])
  })

  test("begin after the oldest of their lists, and after none where two servers made them", async () => {
    openTab(["p1", "p2"], { id: toId(3) })
    openTab(["p1"], { id: toId(2) })
    openTab(["p2"], { id: toId(9, "ffffffff") })
    await settle()
    expect(openUrls()).toEqual([`/events?p1@${toId(2)},p2@`])
  })

  test("one whose list is older than the stream's last event reads it again, and no other", async () => {
    const first = openTab(["p1"])
    await settle()
    browser.openSources[0]?.send(gone, toId(5))
    const [late, current] = [openTab(["p1"], { id: toId(4) }), openTab(["p1"], { id: toId(5) })]
    await settle()
    const resync = { event: "resync", data: { projectId: "p1", lastEventId: toId(5) } }
    expect([first.events, late.events, current.events]).toEqual([[gone], [resync], []])
    expect(browser.sources).toHaveLength(1)
  })
})

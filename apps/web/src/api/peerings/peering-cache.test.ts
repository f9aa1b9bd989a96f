import type { Peering, PeeringList, Watch } from "@peering-desk/shared-schemas"
import type { QueryClient } from "@tanstack/react-query"
import { describe, expect, test } from "vitest"
import {
  applyStreamEvent,
  keepPeering,
  getDeletedPeering,
  readUnderEvents,
  timelineKey,
} from "./peering-cache.ts"
import { createQueryClient } from "#api/query-client.ts"
import { adopted } from "#mock-bff/samples.ts"

const at = "2026-11-24T10:00:00.000Z"
const later = "2026-11-24T10:01:00.000Z"

function peering(id: string, status = "AVAILABLE"): Peering {
  return {
    projectId: "p",
    id,
    peer: { providerName: "AWS", id, statusName: status } as Peering["peer"],
    raw: {},
    history: [{ status, at }],
    beginSeen: true,
    ...adopted,
  }
}

function watch(checkedAt: string | null): Watch {
  return { projectId: "p", providerName: "AWS", checkedAt, problem: null, retryAt: null }
}

function cacheWith(peerings: Peering[]) {
  const client = createQueryClient()
  client.setQueryData<PeeringList>(["peerings", "p"], toList(peerings))
  const list = () => client.getQueryData<PeeringList>(["peerings", "p"])
  return { client, list, ids: () => list()?.peerings.map(({ id }) => id) }
}

function toList(peerings: Peering[], watches: Watch[] = [watch(at)]): PeeringList {
  return { projectId: "p", lastEventId: "", peerings, watches }
}

/** Reads the list while something else happens. */
async function readList(client: QueryClient, list: PeeringList, meanwhile = () => {}): Promise<void> {
  const read = () => {
    meanwhile()
    return Promise.resolve(list)
  }
  const queryFn = () => readUnderEvents(client, "p", read)
  await client.fetchQuery({ queryKey: ["peerings", "p"], queryFn, staleTime: 0 })
}

describe("an event of the stream", () => {
  test("changes its own connection, in its place; the others keep their identity", () => {
    const { client, list, ids } = cacheWith([peering("a"), peering("b"), peering("c")])
    const before = list()?.peerings
    applyStreamEvent(client, { event: "peering", data: peering("b", "FAILED") })
    expect(ids()).toEqual(["a", "b", "c"])
    expect(list()?.peerings[0]).toBe(before?.[0])
    expect(list()?.peerings[2]).toBe(before?.[2])
    expect(list()?.peerings[1]).toEqual(peering("b", "FAILED"))
  })

  test("a new connection stands last, where it moves nothing", () => {
    const { client, ids } = cacheWith([peering("b")])
    keepPeering(client, peering("a"))
    expect(ids()).toEqual(["b", "a"])
  })

  test("a connection in an earlier status, from an answer that was overtaken, changes nothing", () => {
    const failed = { ...peering("a", "FAILED"), history: [{ status: "FAILED", at: later }] }
    const { client, list } = cacheWith([failed])
    keepPeering(client, peering("a", "PENDING_ACCEPTANCE"))
    expect(list()?.peerings).toEqual([failed])
  })

  test("a connection whose new status is dated earlier, as after the server's clock was set back, is shown", () => {
    const waiting = { ...peering("a"), history: [{ status: "PENDING_ACCEPTANCE", at: later }] }
    const { client, list } = cacheWith([waiting])
    const failed = peering("a", "FAILED")
    applyStreamEvent(client, { event: "peering", data: failed })
    expect(list()?.peerings).toEqual([failed])
  })

  test("a list that brings nothing new changes no identity at all", async () => {
    const { client, list } = cacheWith([peering("a"), peering("b")])
    const before = list()
    await readList(client, toList([peering("a"), peering("b")]))
    expect(list()).toBe(before)
  })

  test("an event of a connection makes its timeline out of date, and no other's", () => {
    const { client } = cacheWith([peering("a"), peering("b")])
    const isOld = (id: string) => client.getQueryState(timelineKey("p", id))?.isInvalidated
    const readAnew = () => ["a", "b"].forEach((id) => client.setQueryData(timelineKey("p", id), {}))
    readAnew()
    applyStreamEvent(client, { event: "peering", data: peering("a") })
    expect([isOld("a"), isOld("b")]).toEqual([false, false])
    const later = { status: "FAILED", at: "2026-11-24T10:00:01.000Z" }
    applyStreamEvent(client, {
      event: "peering",
      data: { ...peering("a"), history: [...peering("a").history, later] },
    })
    expect([isOld("a"), isOld("b")]).toEqual([true, false])
    readAnew()
    applyStreamEvent(client, { event: "gone", data: { projectId: "p", id: "b", at } })
    expect([isOld("a"), isOld("b")]).toEqual([false, true])
  })

  test("a connection that is gone leaves the list; what was known of it stays", () => {
    const { client, ids } = cacheWith([peering("a"), peering("b")])
    applyStreamEvent(client, { event: "gone", data: { projectId: "p", id: "a", at } })
    expect(ids()).toEqual(["b"])
    expect(getDeletedPeering(client, "p", "a")).toEqual({ peering: peering("a"), at })
  })

  test("a connection missing from a list that is read again is gone as well", async () => {
    const { client, ids } = cacheWith([peering("a"), peering("b")])
    await readList(client, toList([peering("b")]))
    expect(ids()).toEqual(["b"])
    expect(getDeletedPeering(client, "p", "a")?.peering).toEqual(peering("a"))
  })

  test.each([
    ["which has not looked at that cloud yet", [watch(null)]],
    ["which has not looked at all", []],
  ])("a connection missing from the list of a server %s is not gone", async (_what, watches) => {
    const { client, ids, list } = cacheWith([peering("a")])
    await readList(client, toList([], watches))
    expect(ids()).toEqual(["a"])
    expect(getDeletedPeering(client, "p", "a")).toBeUndefined()
    expect(list()?.watches).toHaveLength(1)
  })

  test("an unconfirmed connection is gone after a poll that did not list it", async () => {
    const { client, ids } = cacheWith([peering("a"), peering("b")])
    await readList(client, toList([], [watch(null)]))
    applyStreamEvent(client, { event: "watch", data: { ...watch(null), problem: "atlas_failed" } })
    expect(ids()).toEqual(["a", "b"])
    applyStreamEvent(client, { event: "peering", data: peering("b", "FAILED") })
    applyStreamEvent(client, { event: "watch", data: watch(later) })
    expect(ids()).toEqual(["b"])
    expect(getDeletedPeering(client, "p", "a")).toEqual({ peering: peering("a"), at: later })
  })

  test.each<[string, Parameters<typeof applyStreamEvent>[1]]>([
    ["is new", { event: "peering", data: peering("b") }],
    [
      "moved on",
      { event: "peering", data: { ...peering("a", "FAILED"), history: [{ status: "FAILED", at: later }] } },
    ],
    ["is gone", { event: "gone", data: { projectId: "p", id: "a", at } }],
  ])("a connection that %s leaves no verdict on a draft as it was", (_what, event) => {
    const { client } = cacheWith([peering("a")])
    client.setQueryData(["address-space", "p"], [])
    client.setQueryData(["preflight", "p", {}], {})
    applyStreamEvent(client, event)
    expect(client.getQueryState(["address-space", "p"])?.isInvalidated).toBe(true)
    expect(client.getQueryData(["preflight", "p", {}])).toBeUndefined()
  })

  test("an event without news leaves the verdicts alone", () => {
    const { client } = cacheWith([peering("a")])
    client.setQueryData(["preflight", "p", {}], {})
    applyStreamEvent(client, { event: "peering", data: peering("a") })
    expect(client.getQueryData(["preflight", "p", {}])).toEqual({})
  })

  test("a watch takes the place of the last one of its cloud", () => {
    const { client, list } = cacheWith([])
    const failing: Watch = { ...watch(at), problem: "atlas_timeout", retryAt: at }
    applyStreamEvent(client, { event: "watch", data: failing })
    expect(list()?.watches).toEqual([failing])
  })

  test("a change to a list that is not there yet does not make one up", () => {
    const client = createQueryClient()
    applyStreamEvent(client, { event: "peering", data: peering("a") })
    expect(client.getQueryData(["peerings", "p"])).toBeUndefined()
  })

  test("events that come while a list is read are in what the page shows, however old the answer is", async () => {
    const { client, list, ids } = cacheWith([peering("a"), peering("b")])
    const failed = peering("a", "FAILED")
    await readList(client, toList([peering("a"), peering("b")]), () => {
      applyStreamEvent(client, { event: "peering", data: failed })
      applyStreamEvent(client, { event: "gone", data: { projectId: "p", id: "b", at } })
      applyStreamEvent(client, { event: "peering", data: peering("c") })
    })
    expect(ids()).toEqual(["a", "c"])
    expect(list()?.peerings[0]).toEqual(failed)
  })

  test("events that come while the first list is read do not have it read again", async () => {
    const client = createQueryClient()
    let reads = 0
    await readList(client, toList([peering("a")]), () => {
      reads += 1
      applyStreamEvent(client, { event: "peering", data: peering("b") })
    })
    const list = client.getQueryData<PeeringList>(["peerings", "p"])
    expect([reads, list?.peerings.map(({ id }) => id)]).toEqual([1, ["a", "b"]])
  })
})

import type { Peering } from "@peering-desk/shared-schemas"
import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { LiveState } from "./live-state.ts"
import { observePeering } from "#test/support/observe-peering.ts"
import { ProjectEvents } from "./project-events.ts"

const [one, two] = ["64b1f0a27c3d5e4f8a9b0c1d", "64b1f0a27c3d5e4f8a9b0c1e"]

function toPeering(projectId: string, statusName: string): Peering {
  const peer = { providerName: "AWS", id: "p", statusName } as const
  return observePeering({ projectId, peer, raw: { id: "p" }, at: "" })
}

const snapshotsOf = (...ids: string[]) => new Map(ids.map((id) => [id, null]))

/** Takes everything a reader has yet to get, as text. */
function take(next: ReturnType<ProjectEvents["read"]>): string[] {
  const texts: string[] = []
  for (let text = next(); text !== null; text = next())
    texts.push(text.map((part) => Buffer.from(part).toString()).join(""))
  return texts
}

const namesOf = (texts: string[]) => texts.map((text) => /event: (.*)/.exec(text)?.[1])
const idOf = (text: string | undefined) => /^id: (.*)/.exec(text ?? "")?.[1] ?? null

test("all readers of an event and of a snapshot share its bytes", () => {
  const live = new LiveState()
  const events = new ProjectEvents(live)
  live.putPeering(toPeering(one, "A"), 1)
  const [first, second] = [events.read(snapshotsOf(one), null), events.read(snapshotsOf(two, one), null)]
  second()
  expect(first()?.at(-1)).toBe(second()?.at(-1))
  live.putPeering(toPeering(one, "B"), 1)
  const changed = first()
  expect(changed?.at(-1)).toBe(second()?.at(-1))
  expect(Buffer.from(changed?.at(-1) ?? "").toString()).toContain('"statusName":"B"')
})

test("a slow reader gets after its snapshots what changed between them", () => {
  const live = new LiveState()
  const next = new ProjectEvents(live).read(snapshotsOf(one, two), null)
  const first = next()
  live.putPeering(toPeering(one, "A"), 1)
  const [second, ...later] = take(next)
  expect([idOf(first?.join("")), namesOf(later)]).toEqual([null, ["peering"]])
  expect(idOf(second)).toMatch(new RegExp(`${live.epoch}\\.0$`))
  expect(idOf(later[0])).toMatch(new RegExp(`${live.epoch}\\.1$`))
})

test("a slow reader gets the latest state only, and a snapshot when what is gone was dropped", () => {
  const live = new LiveState()
  const events = new ProjectEvents(live)
  const next = events.read(snapshotsOf(one), null)
  take(next)
  for (const status of ["A", "B", "C"]) live.putPeering(toPeering(one, status), 1)
  expect(take(next)).toEqual([expect.stringContaining('"statusName":"C"')])
  for (let number = 0; number < 501; number += 1)
    live.removePeering({ ...toPeering(one, ""), id: String(number) }, "", 1)
  expect(namesOf(take(next))).toEqual(["snapshot"])
  live.putPeering(toPeering(one, "D"), 1)
  expect(namesOf(take(next))).toEqual(["peering"])
})

describe("a reader that comes back at another process", () => {
  const stored = { incarnation: "0a1b2c3d", version: 7 }

  function createLive(version: number): LiveState {
    const live = new LiveState()
    live.putStored({ ...stored, version: 5 }, () => live.putPeering(toPeering(one, "A"), 5))
    live.putStored({ ...stored, version }, () => {
      live.putPeering({ ...toPeering(one, "B"), id: "q" }, version - 1)
      live.removePeering(toPeering(one, "A"), "", version)
    })
    return live
  }

  test("gets what changed since its version, and what is gone", () => {
    const texts = take(new ProjectEvents(createLive(7)).read(snapshotsOf(one), "0a1b2c3d.5.ffffffff.1"))
    expect(namesOf(texts)).toEqual(["peering", "gone", "creates"])
    expect(idOf(texts.at(-1))).toMatch(/^0a1b2c3d\.7\./)
  })

  test("gets no connection when nothing changed since its version", () => {
    const texts = take(new ProjectEvents(createLive(7)).read(snapshotsOf(one), "0a1b2c3d.7.ffffffff.1"))
    expect(namesOf(texts)).toEqual(["creates"])
  })

  test.each([
    ["that this process does not have yet", "0a1b2c3d.8.ffffffff.1"],
    ["of a database that was put back", "ffffffff.7.ffffffff.1"],
  ])("gets a snapshot for a version %s", (_, lastEventId) => {
    expect(namesOf(take(new ProjectEvents(createLive(7)).read(snapshotsOf(one), lastEventId)))).toEqual([
      "snapshot",
    ])
  })

  test("misses nothing of its second project when it was cut off after the first one's event", () => {
    const live = createLive(7)
    const reader = new ProjectEvents(live).read(snapshotsOf(one, two), null)
    take(reader)
    live.putStored({ ...stored, version: 8 }, () => {
      live.putPeering(toPeering(one, "C"), 8)
      live.putPeering(toPeering(two, "D"), 8)
    })
    const [first, second] = take(reader)
    expect(idOf(first)).toMatch(/^0a1b2c3d\.7\./)
    expect(idOf(second)).toMatch(/^0a1b2c3d\.8\./)
  })

  test("gets all of a batch again of which it has the first event only", () => {
    const live = createLive(7)
    const reader = new ProjectEvents(live).read(snapshotsOf(one), null)
    take(reader)
    live.putStored({ ...stored, version: 8 }, () => {
      live.putPeering(toPeering(one, "C"), 8)
      live.putPeering({ ...toPeering(one, "D"), id: "r" }, 8)
    })
    const [first, second] = take(reader)
    expect(idOf(first)).toMatch(/^0a1b2c3d\.7\./)
    expect(idOf(second)).toMatch(/^0a1b2c3d\.8\./)
  })
})

describe("a reader that names its list", () => {
  /** A step of a storm: `p` is the peering that changes; `at` the process that finds out, answers or is opened. */
  const storm = fc.array(
    fc.record({
      act: fc.constantFrom("put", "remove", "watch", "list", "open", "take", "take", "lag"),
      at: fc.integer({ min: 0, max: 1 }),
      p: fc.integer({ min: 0, max: 3 }),
    }),
    { minLength: 5, maxLength: 60 },
  )

  test("misses nothing between lists and streams of two processes, one of which lags", () => {
    fc.assert(
      fc.property(storm, (steps) => {
        const lives = [new LiveState(), new LiveState()] as const
        const streams = lives.map((live) => new ProjectEvents(live))
        const stored: { version: number; put: (live: LiveState) => void }[] = []
        const catchUp = (live: LiveState) => {
          for (const { version, put } of stored)
            if (version > live.stored.version)
              live.putStored({ incarnation: "0a1b2c3d", version }, () => put(live))
        }
        const commit = (put: (live: LiveState, version: number) => void) => {
          const version = stored.length + 1
          stored.push({ version, put: (live) => put(live, version) })
          catchUp(lives[0])
        }
        const known = new Map<string, string>()
        let named = ""
        let next: ReturnType<ProjectEvents["read"]> = () => null
        const readList = (live: LiveState) => {
          known.clear()
          for (const { id, peer } of live.list(one).peerings) known.set(id, JSON.stringify(peer))
          named = live.list(one).lastEventId
        }
        const takeOne = (live: LiveState): boolean => {
          const text = next()
            ?.map((part) => Buffer.from(part).toString())
            .join("")
          if (text === undefined) return false
          named = idOf(text) ?? named
          const { id, peer } = JSON.parse(/^data: (.*)$/m.exec(text)?.[1] ?? "")
          if (text.includes("event: resync")) readList(live)
          if (text.includes("event: peering")) known.set(id, JSON.stringify(peer))
          if (text.includes("event: gone")) known.delete(id)
          return true
        }
        commit(() => {})
        catchUp(lives[1])
        let open = lives[0]
        for (const [number, { act, at, p }] of steps.entries()) {
          const live = lives[at] ?? lives[0]
          const id = String(p)
          if (act === "put")
            commit((each, version) => each.putPeering({ ...toPeering(one, `S${number}`), id }, version))
          if (act === "remove")
            commit((each, version) => each.removePeering({ ...toPeering(one, ""), id }, "", version))
          if (act === "watch")
            live.putWatch({
              projectId: one,
              providerName: "AWS",
              checkedAt: null,
              problem: null,
              retryAt: String(number),
            })
          if (act === "lag") catchUp(lives[1])
          // A page opens its stream with the list that it has. The server has caught up by then.
          if (act === "list") {
            next = () => null
            readList(live)
          }
          if (act === "open") {
            catchUp(live)
            open = live
            next = streams[at]?.read(new Map([[one, named]]), null) ?? (() => null)
          }
          if (act === "take") takeOne(open)
        }
        catchUp(lives[1])
        next = streams[1]?.read(new Map([[one, named]]), null) ?? (() => null)
        while (takeOne(lives[1]));
        const stands = lives[1].list(one).peerings.map(({ id, peer }) => [id, JSON.stringify(peer)])
        expect(Object.fromEntries(known)).toEqual(Object.fromEntries(stands))
      }),
      { numRuns: 300 },
    )
  })
})

import type { Peering } from "@peering-desk/shared-schemas"
import { describe, expect, test } from "vitest"
import { LiveState } from "./live-state.ts"
import { observePeering } from "./observe-peering.ts"
import { ProjectEvents } from "./project-events.ts"

const [one, two] = ["64b1f0a27c3d5e4f8a9b0c1d", "64b1f0a27c3d5e4f8a9b0c1e"]

function toPeering(projectId: string, statusName: string): Peering {
  const peer = { providerName: "AWS", id: "p", statusName } as const
  return observePeering({ projectId, peer, raw: { id: "p" }, at: "", beginSeen: true })
}

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
  const [first, second] = [events.read([one], null), events.read([two, one], null)]
  second()
  expect(first()?.at(-1)).toBe(second()?.at(-1))
  live.putPeering(toPeering(one, "B"), 1)
  const changed = first()
  expect(changed?.at(-1)).toBe(second()?.at(-1))
  expect(Buffer.from(changed?.at(-1) ?? "").toString()).toContain('"statusName":"B"')
})

test("a slow reader gets after its snapshots what changed between them", () => {
  const live = new LiveState()
  const next = new ProjectEvents(live).read([one, two], null)
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
  const next = events.read([one], null)
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
    const texts = take(new ProjectEvents(createLive(7)).read([one], "0a1b2c3d.5.ffffffff.1"))
    expect(namesOf(texts)).toEqual(["peering", "gone", "creates"])
    expect(idOf(texts.at(-1))).toMatch(/^0a1b2c3d\.7\./)
  })

  test("gets no connection when nothing changed since its version", () => {
    const texts = take(new ProjectEvents(createLive(7)).read([one], "0a1b2c3d.7.ffffffff.1"))
    expect(namesOf(texts)).toEqual(["creates"])
  })

  test.each([
    ["that this process does not have yet", "0a1b2c3d.8.ffffffff.1"],
    ["of a database that was put back", "ffffffff.7.ffffffff.1"],
  ])("gets a snapshot for a version %s", (_, lastEventId) => {
    expect(namesOf(take(new ProjectEvents(createLive(7)).read([one], lastEventId)))).toEqual(["snapshot"])
  })

  test("gets all of a batch again of which it has the first event only", () => {
    const live = createLive(7)
    const reader = new ProjectEvents(live).read([one], null)
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

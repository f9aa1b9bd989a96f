import type { Peering } from "@peering-desk/shared-schemas"
import { expect, test } from "vitest"
import { LiveState } from "./live-state.ts"
import { observePeering } from "./observe-peering.ts"
import { ProjectEvents } from "./project-events.ts"

const [one, two] = ["64b1f0a27c3d5e4f8a9b0c1d", "64b1f0a27c3d5e4f8a9b0c1e"]

function toPeering(projectId: string, statusName: string): Peering {
  const peer = { providerName: "AWS", id: "p", statusName } as const
  return observePeering(null, { projectId, peer, raw: { id: "p" }, at: "", beginSeen: true })
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
  live.putPeering(toPeering(one, "A"))
  const [first, second] = [events.read([one], null), events.read([two, one], null)]
  second()
  expect(first()?.at(-1)).toBe(second()?.at(-1))
  live.putPeering(toPeering(one, "B"))
  const changed = first()
  expect(changed?.at(-1)).toBe(second()?.at(-1))
  expect(Buffer.from(changed?.[0] ?? "").toString()).toContain('"statusName":"B"')
})

test("a slow reader gets after its snapshots what changed between them", () => {
  const live = new LiveState()
  const next = new ProjectEvents(live).read([one, two], null)
  const first = next()
  live.putPeering(toPeering(one, "A"))
  const [second, ...later] = take(next)
  expect([idOf(first?.join("")), namesOf(later)]).toEqual([null, ["peering"]])
  expect(idOf(second)).toBe(`${live.epoch}.0`)
  expect(idOf(later[0])).toBe(`${live.epoch}.1`)
})

test("a slow reader gets the latest state only, and a snapshot when what is gone was dropped", () => {
  const live = new LiveState()
  const events = new ProjectEvents(live)
  const next = events.read([one], null)
  take(next)
  for (const status of ["A", "B", "C"]) live.putPeering(toPeering(one, status))
  expect(take(next)).toEqual([expect.stringContaining('"statusName":"C"')])
  for (let number = 0; number < 501; number += 1)
    live.removePeering({ ...toPeering(one, ""), id: String(number) }, "")
  expect(namesOf(take(next))).toEqual(["snapshot"])
  live.putPeering(toPeering(one, "D"))
  expect(namesOf(take(next))).toEqual(["peering"])
})

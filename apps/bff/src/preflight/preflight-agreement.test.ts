import { seededIds } from "@peering-desk/atlas-simulator"
import { toVerdict, type ProjectSnapshot } from "@peering-desk/peering-rules"
import { arbitraryDraft } from "@peering-desk/peering-rules/test-snapshots"
import {
  AddressSpace,
  apiUrls,
  Installation,
  PreflightAnswer,
  type PeeringDraft,
} from "@peering-desk/shared-schemas"
import fc from "fast-check"
import { afterAll, beforeAll, expect, test } from "vitest"
import type { Access } from "#sign-in/access.ts"
import { startTestApp, type TestApp } from "#test/support/test-app.ts"

const projectId = seededIds.payments
const seesAll: Access = { everywhere: "administrator", projects: new Map(), auditor: false }

let desk: TestApp
/** The data of the browser's verdict: two answers of the server, parsed from JSON. */
let inBrowser: ProjectSnapshot
beforeAll(async () => {
  desk = await startTestApp()
  const { projects } = AddressSpace.parse(
    (await desk.call("GET", apiUrls.addressSpace({ project: projectId }))).json(),
  )
  const { peersPerProject } = Installation.parse((await desk.call("GET", apiUrls.installation())).json())
  const here = projects.find(({ project }) => project.id === projectId)
  if (here === undefined) throw new Error("the project is not in the address space")
  const otherProjects = projects.filter((one) => one !== here)
  inBrowser = { here, otherProjects, peersPerProject, now: desk.clock.now() }
})
afterAll(() => desk.close())

/** Draws drafts with the project's containers, networks and CIDRs. */
function toDrafts(count: number): PeeringDraft[] {
  const { containers, peers } = inBrowser.here
  const known = fc.constantFrom(...peers)
  const meeting = fc
    .tuple(arbitraryDraft, known, fc.constantFrom(...containers), fc.nat(15))
    .map(([draft, peer, container, parts]): PeeringDraft => {
      const request = { ...draft.request }
      if (parts & 1) request["containerId"] = container.id
      if (parts & 2)
        for (const [name, value] of Object.entries(peer))
          if (name in request && typeof value === "string") request[name] = value
      const providerName = parts & 4 ? peer.providerName : draft.providerName
      return { ...draft, providerName, request }
    })
  return fc.sample(fc.oneof(arbitraryDraft, meeting), { numRuns: count, seed: 20_261_124 })
}

test("browser and server compute the same verdict on 10,000 drafts, word for word", async () => {
  const onServer = await desk.services.snapshotReader.readSnapshot(projectId, seesAll)
  const statuses = new Set<string>()
  const differing = toDrafts(10_000).filter((draft) => {
    const said = toVerdict(draft, onServer)
    statuses.add(said.status)
    return JSON.stringify(said) !== JSON.stringify(toVerdict(draft, inBrowser))
  })
  expect(differing).toEqual([])
  // The drafts must not all have the same verdict.
  expect([...statuses].sort()).toEqual(["open", "red", "unchecked"])
}, 120_000)

test("POST …/preflight returns the same verdict over the API", async () => {
  for (const draft of toDrafts(40)) {
    const answer = await desk.call("POST", apiUrls.preflight(projectId), { body: draft })
    expect(PreflightAnswer.parse(answer.json()).verdict).toEqual(toVerdict(draft, inBrowser))
  }
})

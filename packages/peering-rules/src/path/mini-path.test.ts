import { toContainerKey, type InventoryPeering } from "@peering-desk/shared-schemas"
import { expect, test } from "vitest"
import { aws, awsContainer, azure, azureContainer, gcp, gcpContainer } from "#test/connections.ts"
import { getWaitingOn, statuses } from "#lifecycle/lifecycle.ts"
import { toInventoryPeering } from "#lifecycle/to-inventory-peering.ts"
import { toMiniPath } from "./mini-path.ts"
import { buildPath } from "./path.ts"

const now = Date.parse("2026-11-29T12:00:00Z")
const later = "2026-11-29T12:10:00.000Z"
const seen = { until: later, proven: ["application", "dns"], broken: ["firewall"] }
const row = (more: Partial<InventoryPeering> = {}, status = "AVAILABLE"): InventoryPeering => ({
  ...toInventoryPeering({
    projectId: "p",
    id: aws.id,
    peer: { ...aws, statusName: status },
    raw: {},
    history: [],
    beginSeen: true,
    origin: "adopted",
    createdBy: null,
    createdAt: null,
    firstSeenAt: later,
    leftAvailableAt: null,
    label: null,
  }),
  ...more,
})
const project = { listed: ["10.15.0.0/16"], running: [toContainerKey(awsContainer)] }
const draw = (peering: InventoryPeering, around: Partial<typeof project> = {}, at = now) =>
  toMiniPath(peering, { ...project, ...around }, at)
    .map(({ state }) => state)
    .join(" ")

test("a row draws what facts showed, Atlas's status and the project's lists", () => {
  expect(draw(row({ seen }))).toBe("proven not-checked broken proven proven proven proven")
})

test("a row without facts and lists has only Atlas's status", () => {
  const nothing = { listed: null, running: null }
  expect(toMiniPath(row(), nothing, now).map(({ state }) => state)).toEqual([
    ...Array.from({ length: 4 }, () => "not-checked"),
    "proven",
    "not-checked",
    "not-checked",
  ])
})

test("facts that ran out draw nothing", () => {
  expect(draw(row({ seen }), {}, Date.parse(later))).toBe(
    "not-checked not-checked not-checked not-checked proven proven proven",
  )
})

test("a stop that a role reads as broken stays so until a reading proves it", () => {
  const broken = { since: later, stop: "route", says: "Gone." }
  expect(draw(row({ broken }))).toBe("not-checked broken not-checked not-checked proven proven proven")
})

test("a missing entry waits, and a container without a cluster is later", () => {
  expect(draw(row(), { listed: [], running: [] }).split(" ").slice(5)).toEqual(["waiting", "later"])
})

test("a cluster in another cloud's container of the same id doesn't run behind a row", () => {
  expect(draw(row(), { running: [toContainerKey({ ...awsContainer, providerName: "AZURE" })] })).toMatch(
    /later$/,
  )
})

test("a request that waits, was declined or failed shows that at the peering", () => {
  const peering = (peer: InventoryPeering) => draw(peer).split(" ")[4]
  const declined = { at: later, reason: "No", for: null }
  expect(peering(row({}, "PENDING_ACCEPTANCE"))).toBe("waiting")
  expect(peering(row({ declined }, "PENDING_ACCEPTANCE"))).toBe("broken")
  expect(peering(row({}, "FAILED"))).toBe("broken")
  expect(draw(row({ seen }, "TERMINATING"))).toBe("later later later later later later later")
})

test("a Google Cloud row has six stops", () => {
  const peering = { ...row(), peer: gcp, turn: "you" }
  const stops = toMiniPath(peering, { listed: [], running: [toContainerKey(gcpContainer)] }, now)
  expect(stops.map(({ id, state }) => `${id} ${state}`)).toEqual([
    "application not-checked",
    "route later",
    "firewall not-checked",
    "peering waiting",
    "access-list not-checked",
    "cluster proven",
  ])
})

test("a row draws the stops that the page draws of what both know, in every status of every cloud", () => {
  const clouds = [
    { peer: aws, container: awsContainer },
    { peer: gcp, container: gcpContainer },
    { peer: azure, container: azureContainer },
  ]
  for (const { peer, container } of clouds)
    for (const status of [...Object.keys(statuses[peer.providerName]), "PAUSED"]) {
      const changed = { ...peer, statusName: status, status }
      const page = buildPath({ peer: changed, history: [] }, { container, facts: null, checkedAt: null, now })
      const drawn = toMiniPath(
        { ...row(), peer: changed, turn: getWaitingOn(changed) },
        { listed: null, running: null },
        now,
      )
      expect([status, ...drawn]).toEqual([status, ...page.stops.map(({ id, state }) => ({ id, state }))])
    }
})

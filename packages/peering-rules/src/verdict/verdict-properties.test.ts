import { isDeepStrictEqual } from "node:util"
import {
  CheckStatus,
  NewContainer,
  PeeringDraft,
  PeeringRequest,
  Verdict,
  readContainerRegion,
  readRegionName,
  type Container,
  type ProjectAddresses,
} from "@peering-desk/shared-schemas"
import fc from "fast-check"
import ipaddr from "ipaddr.js"
import { expect, test } from "vitest"
import type { ProjectSnapshot } from "#draft/project-snapshot.ts"
import { toVerdict } from "./verdict.ts"
import { arbitraryDraft, arbitrarySnapshot } from "#test/snapshots.ts"

const runs = { numRuns: 400 }

test("toVerdict returns the agreed shape for any draft and any snapshot", () => {
  fc.assert(
    fc.property(arbitraryDraft, arbitrarySnapshot, (draft, snapshot) => {
      expect(PeeringDraft.safeParse(draft).success).toBe(true)
      expect(Verdict.parse(toVerdict(draft, snapshot))).toBeDefined()
    }),
    runs,
  )
})

test("the order of lists makes no difference", () => {
  const turned = (one: ProjectAddresses): ProjectAddresses => ({
    ...one,
    containers: one.containers.toReversed(),
    peers: one.peers.toReversed(),
  })
  const reversedSnapshot = (snapshot: ProjectSnapshot): ProjectSnapshot => ({
    ...snapshot,
    here: turned(snapshot.here),
    otherProjects: snapshot.otherProjects.map(turned).toReversed(),
  })
  fc.assert(
    fc.property(arbitraryDraft, arbitrarySnapshot, (draft, snapshot) => {
      expect(toVerdict(draft, reversedSnapshot(snapshot))).toEqual(toVerdict(draft, snapshot))
    }),
    runs,
  )
})

test("the verdict is its worst check, with a plan exactly when no check stops it", () => {
  const order = ["green", "amber", "unchecked", "open", "red"]
  fc.assert(
    fc.property(arbitraryDraft, arbitrarySnapshot, (draft, snapshot) => {
      const { status, checks, plan } = toVerdict(draft, snapshot)
      expect(status).toBe(order.toReversed().find((one) => checks.some((check) => check.status === one)))
      expect(plan === null).toBe(status === "red" || status === "open")
      expect(checks.every(({ says, basedOn }) => says.length > 0 && basedOn.length > 0)).toBe(true)
    }),
    runs,
  )
})

/** The mark of a container to be made, filled in between the steps, is no id. */
function withSomeContainer(body: Record<string, unknown> | null): unknown {
  return body?.["containerId"] === "new" ? { ...body, containerId: "507f1f77bcf86cd799439011" } : body
}

test("every plan has the form that the server and Atlas require", () => {
  let planned = 0
  fc.assert(
    fc.property(arbitraryDraft, arbitrarySnapshot, (draft, snapshot) => {
      for (const { kind, body } of toVerdict(draft, snapshot).plan?.steps ?? []) {
        planned += 1
        const isFormed = {
          "create-container": () => NewContainer.safeParse(body).success,
          "create-peering": () => PeeringRequest.safeParse(withSomeContainer(body)).success,
          "reuse-container": () => body === null,
        }
        expect({ kind, isFormed: isFormed[kind]() }).toEqual({ kind, isFormed: true })
      }
    }),
    runs,
  )
  expect(planned).toBeGreaterThan(30)
})

test("no verdict is red after a suggested fix, and fixes come cheapest first", () => {
  let proposed = 0
  fc.assert(
    fc.property(arbitraryDraft, arbitrarySnapshot, (draft, snapshot) => {
      const { status, suggestedFixes } = toVerdict(draft, snapshot)
      expect(["red", "amber", "unchecked"].includes(status) || suggestedFixes.length === 0).toBe(true)
      expect(suggestedFixes.map(({ cost }) => cost)).toEqual(
        suggestedFixes.map(({ cost }) => cost).toSorted((a, b) => a - b),
      )
      for (const { change } of suggestedFixes) {
        // The draft stays as it is when the existing connection is opened instead.
        if (change.kind === "open-peering") continue
        proposed += 1
        const changed = change.kind === "fill" ? PeeringDraft.parse(change.draft) : draft
        const here = {
          ...snapshot.here,
          peers: snapshot.here.peers.filter(
            ({ id }) => change.kind !== "delete-peer" || id !== change.peerId,
          ),
          ...(change.kind === "switch-mode-off" && { privateIpMode: false }),
        }
        const after = toVerdict(changed, { ...snapshot, here })
        expect(CheckStatus.parse(after.status)).not.toBe("red")
      }
    }),
    runs,
  )
  expect(proposed).toBeGreaterThan(100)
})

/** Where Atlas's side of a draft lies or is to lie; null when no rule can tell. */
function regionOf(
  { providerName, request, newContainer }: PeeringDraft,
  { here }: ProjectSnapshot,
): string | null {
  if (request["containerId"] === "new") return newContainer?.region ?? null
  const chosen = here.containers.filter(
    (one) => one.id === request["containerId"] && one.providerName === providerName,
  )
  return chosen[0] === undefined ? null : readContainerRegion(chosen[0])
}

/** The block of Atlas's side of a draft, as Atlas or the draft gives it. */
function atlasBlockOf(
  { providerName, request, newContainer }: PeeringDraft,
  { here }: ProjectSnapshot,
): string {
  if (request["containerId"] === "new") return newContainer?.atlasCidrBlock ?? ""
  const isChosen = (one: Container) => one.id === request["containerId"] && one.providerName === providerName
  return here.containers.find(isChosen)?.atlasCidrBlock ?? ""
}

/** The first and last address of a block by ipaddr.js; null when that reads none. */
function readOracleRange(text: string | undefined): [number, number] | null {
  if (text === undefined || !ipaddr.IPv4.isValidCIDRFourPartDecimal(text)) return null
  const toNumber = (address: ipaddr.IPv4) => address.octets.reduce((sum, octet) => sum * 256 + octet, 0)
  return [
    toNumber(ipaddr.IPv4.networkAddressFromCIDR(text)),
    toNumber(ipaddr.IPv4.broadcastAddressFromCIDR(text)),
  ]
}

const meets = (one: [number, number], other: [number, number]) => one[0] <= other[1] && other[0] <= one[1]

test("a suggested fix that moves Atlas's side says which clusters are reached from there", () => {
  let moved = 0
  fc.assert(
    fc.property(arbitraryDraft, arbitrarySnapshot, (draft, snapshot) => {
      if (draft.providerName === "GCP") return
      for (const { change, why } of toVerdict(draft, snapshot).suggestedFixes) {
        if (change.kind !== "fill") continue
        const region = regionOf(change.draft, snapshot)
        if (region === null || region === regionOf(draft, snapshot)) continue
        // The same place in other words is no move.
        if (readRegionName(draft.providerName, draft.newContainer?.region ?? "") === region) continue
        moved += 1
        expect(why).toContain(`It reaches only clusters in ${region}`)
      }
    }),
    runs,
  )
  expect(moved).toBeGreaterThan(50)
})

test("no plan and no suggested fix joins overlapping networks, checked with an independent library", () => {
  let planned = 0
  fc.assert(
    fc.property(arbitraryDraft, arbitrarySnapshot, (draft, snapshot) => {
      const { plan, suggestedFixes } = toVerdict(draft, snapshot)
      const changed = suggestedFixes.flatMap(({ change }) => (change.kind === "fill" ? [change.draft] : []))
      for (const one of plan === null ? changed : [...changed, draft]) {
        const atlas = readOracleRange(atlasBlockOf(one, snapshot))
        const yours = [one.request["routeTableCidrBlock"], ...(one.networkBlocks ?? [])].map(readOracleRange)
        // A suggested fix may leave an unreadable block, which nothing can be compared with.
        const met = yours.filter((range) => range !== null && atlas !== null && meets(range, atlas))
        expect(one.providerName === "AWS" ? met : met.filter((range) => range !== yours[0])).toEqual([])
        planned += yours.length > 1 && atlas !== null ? 1 : 0
      }
    }),
    runs,
  )
  expect(planned).toBeGreaterThan(20)
})

/** Tells if AWS refuses a block for a VPC, by itself or beside the VPC's others (AWS: IPv4 CIDR block association restrictions). */
function isRefusedByAws(existing: readonly string[], added: string): boolean {
  const within = (text: string, range: string) => {
    const [outer, inner] = [readOracleRange(range), readOracleRange(text)]
    return outer !== null && inner !== null && outer[0] <= inner[0] && inner[1] <= outer[1]
  }
  const rfc1918 = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"]
  const range = readOracleRange(added)
  const size = Number(added.split("/")[1])
  if (range === null || size < 16 || size > 28) return true
  return existing.some((one) => {
    const has = readOracleRange(one)
    if (has !== null && meets(has, range)) return true
    const own = rfc1918.find((private_) => within(one, private_))
    const other = rfc1918.filter((private_) => private_ !== own)
    return (
      other.some((private_) => within(added, private_)) ||
      (within(one, "10.0.0.0/15") && within(added, "10.0.0.0/16")) ||
      (own === "172.16.0.0/12" && within(added, "172.31.0.0/16"))
    )
  })
}

/** Snapshots with a VPC whose block overlaps one that its container is peered with. */
const overlappingVpc = fc
  .tuple(arbitraryDraft, arbitrarySnapshot, fc.nat(), fc.nat())
  .map(([draft, snapshot, ofContainer, ofPeer]): { draft: PeeringDraft; snapshot: ProjectSnapshot } => {
    const containers = snapshot.here.containers.filter(({ providerName }) => providerName === "AWS")
    const peers = snapshot.here.peers.filter((peer) => peer.providerName === "AWS")
    const container = containers[ofContainer % Math.max(containers.length, 1)]
    const peer = peers[ofPeer % Math.max(peers.length, 1)]
    if (container === undefined || peer === undefined) return { draft, snapshot }
    const own = { ...peer, containerId: container.id, vpcId: "vpc-99999999" }
    const here = { ...snapshot.here, peers: snapshot.here.peers.map((one) => (one === peer ? own : one)) }
    const request: PeeringDraft["request"] = { ...draft.request, containerId: container.id }
    if (typeof peer.routeTableCidrBlock === "string")
      request["routeTableCidrBlock"] = peer.routeTableCidrBlock
    return { draft: { ...draft, providerName: "AWS", request }, snapshot: { ...snapshot, here } }
  })

test("a further block of a VPC is one that AWS allows beside its known blocks", () => {
  let further = 0
  fc.assert(
    fc.property(overlappingVpc, ({ draft, snapshot }) => {
      const typed = draft.request["routeTableCidrBlock"] ?? ""
      for (const { change } of toVerdict(draft, snapshot).suggestedFixes) {
        const block = change.kind === "fill" ? (change.draft.request["routeTableCidrBlock"] ?? "") : typed
        // A block in its one spelling is the VPC's already if one of these is the same in another.
        const isKnown = [typed, ...(draft.networkBlocks ?? [])].some((one) =>
          isDeepStrictEqual(readOracleRange(one.trim()), readOracleRange(block)),
        )
        if (change.kind !== "fill" || isKnown) continue
        further += 1
        expect(change.draft.networkBlocks).toContain(typed)
        const existing = [typed, ...(draft.networkBlocks ?? [])].filter(
          (one) => readOracleRange(one) !== null,
        )
        expect({ existing, block, isRefused: isRefusedByAws(existing, block) }).toMatchObject({
          isRefused: false,
        })
      }
    }),
    runs,
  )
  expect(further).toBeGreaterThan(20)
})

test("a verdict changes neither the draft nor the snapshot", () => {
  fc.assert(
    fc.property(arbitraryDraft, arbitrarySnapshot, (draft, snapshot) => {
      const before = JSON.stringify([draft, snapshot])
      toVerdict(draft, snapshot)
      expect(JSON.stringify([draft, snapshot])).toBe(before)
    }),
    { numRuns: 100 },
  )
})

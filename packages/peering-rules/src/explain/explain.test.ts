import {
  readAtlasPeer,
  type AwsPeer,
  type Container,
  type NewContainer,
  type PeeringRequest,
  type ProjectAddresses,
} from "@peering-desk/shared-schemas"
import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { explainedCodes, explainRefusal } from "./explain.ts"
import { explainFailure } from "./explain-failure.ts"
import type { Subject } from "./explanation.ts"
import { projectExplanations } from "./project-explanations.ts"

const containerId = "507f1f77bcf86cd799439011"
const peer: AwsPeer = {
  providerName: "AWS",
  id: "6b05d936ec296aab47d835d5",
  containerId,
  accepterRegionName: "us-west-1",
  awsAccountId: "123456789012",
  connectionId: "pcx-1",
  routeTableCidrBlock: "172.31.0.0/16",
  statusName: "AVAILABLE",
  vpcId: "vpc-0c5e7d2b9f1a46083",
}
const container: Container = {
  providerName: "AWS",
  id: containerId,
  atlasCidrBlock: "10.8.0.0/21",
  regionName: "US_WEST_1",
}
const here: ProjectAddresses = {
  project: { id: "64b1f0a27c3d5e4f8a9b0c1d", name: "payments" },
  containers: [container],
  peers: [peer],
  privateIpMode: false,
  readAt: null,
  problem: null,
}
const request: PeeringRequest = {
  providerName: "AWS",
  containerId,
  accepterRegionName: "us-west-1",
  awsAccountId: "210987654321",
  routeTableCidrBlock: "172.31.0.0/16",
  vpcId: "vpc-0a1b2c3d",
}
const refuse = (errorCode: string | null, detail: string | null = null, more: Partial<Subject> = {}) =>
  explainRefusal({ refusal: { status: 409, errorCode, detail }, request, here, mayBeDone: false, ...more })

const newContainer: NewContainer = {
  providerName: "AWS",
  atlasCidrBlock: "10.8.4.0/22",
  regionName: "US_WEST_1",
}
/** Every kind of subject that a refused call can have, and an unknown one. */
const everyMore: Partial<Subject>[] = [
  {},
  { request: undefined, here: null },
  { peer, mayBeDone: true },
  { request: undefined, container },
  { request: undefined, container: newContainer },
  { request: undefined, entry: { awsSecurityGroup: "sg-0a1b2c3d" } },
]

describe("explainRefusal", () => {
  test("names what the refused block overlaps, from the person's own data", () => {
    expect(refuse("OVERLAPPING_CIDR_BLOCK")).toMatchObject({
      isKnown: true,
      evidence: ["172.31.0.0/16 overlaps 172.31.0.0/16 of vpc-0c5e7d2b9f1a46083 in payments"],
      act: { kind: "correct-field", field: "routeTableCidrBlock" },
    })
  })

  test("does not compare a changed block with the connection's own", () => {
    const wider = { ...request, routeTableCidrBlock: "172.30.0.0/15" }
    expect(refuse("OVERLAPPING_CIDR_BLOCK", null, { request: wider, peer }).evidence).toEqual([])
    expect(refuse("INVALID_ATTRIBUTE", null, { peer }).todo).toContain("Create a new connection")
  })

  test("leads from a second connection to the first one", () => {
    const same = { ...request, awsAccountId: "123456789012", vpcId: "vpc-0c5e7d2b9f1a46083" }
    expect(refuse("PEER_ALREADY_EXISTS", null, { request: same })).toMatchObject({
      evidence: [`Connection ${peer.id}: AVAILABLE`],
      act: { kind: "open-connection", peerId: peer.id },
    })
  })

  test("leads to the field that Atlas names, with what was sent", () => {
    expect(refuse("INVALID_ATTRIBUTE", "Invalid attribute vpcId specified.")).toMatchObject({
      evidence: ["Sent vpcId: vpc-0a1b2c3d"],
      act: { kind: "correct-field", field: "vpcId" },
    })
  })

  test("leads to the field with the value that Atlas names", () => {
    expect(
      refuse("INVALID_ENUM_VALUE", "An invalid enumeration value us-west-1 was specified."),
    ).toMatchObject({
      what: "Unknown value in the field accepterRegionName.",
      evidence: ["Sent accepterRegionName: us-west-1"],
      act: { kind: "correct-field", field: "accepterRegionName" },
    })
    expect(refuse("INVALID_ROUTE_TABLE_CIDR").what).toMatch(/^172\.31\.0\.0\/16 contains public addresses/)
  })

  test("explains a refused container by the container, not by the connection that waits for it", () => {
    const about = { request: { ...request, containerId: "new" }, container: newContainer }
    expect(refuse("CONTAINER_ALREADY_EXISTS", null, about).evidence).toEqual([
      `payments has container 10.8.0.0/21 in US_WEST_1, id ${containerId}`,
    ])
    expect(
      refuse("OVERLAPPING_ATLAS_CIDR_BLOCK", null, { request: undefined, container: newContainer }).evidence,
    ).toEqual(["10.8.4.0/22 overlaps container 10.8.0.0/21 in US_WEST_1 in payments"])
    expect(refuse("CONTAINERS_IN_USE", null, { request: undefined, container }).evidence).toEqual([
      `10.8.0.0/21 in payments has 1 connection: ${peer.id} (AVAILABLE)`,
    ])
    expect(refuse("CONTAINERS_IN_USE", null, about).evidence).toEqual([])
  })

  test("counts the working AWS connections that a security group needs", () => {
    const code = "CANNOT_USE_AWS_SECURITY_GROUP_WITHOUT_VPC_PEERING_CONNECTION"
    const about = { request: undefined, entry: { awsSecurityGroup: "sg-0a1b2c3d" } }
    expect(refuse(code, null, about)).toMatchObject({
      evidence: ["payments has 1 available AWS connection"],
      act: { kind: "correct-field", field: "awsSecurityGroup" },
    })
  })

  test("explains UNEXPECTED_ERROR by its status and by what may have been done", () => {
    const tell = (status: number, mayBeDone: boolean) => {
      const refusal = { status, errorCode: "UNEXPECTED_ERROR", detail: null }
      const { what, act } = refuse(null, null, { refusal, mayBeDone })
      return [what, act?.kind]
    }
    expect(tell(401, false)).toEqual(["Atlas rejected this server's API key.", "open-keys"])
    expect(tell(500, false)).toEqual(["Atlas returned an error.", undefined])
    expect(tell(500, true)).toEqual(["Atlas returned an error, and the result is unknown.", undefined])
  })

  test("names the seconds until the next try once, and a usual time where Atlas names none", () => {
    const { todo } = refuse("RATE_LIMITED", null, { retryAfterSeconds: 27 })
    expect(todo).toBe("Nothing was changed. Try again in 27 s.")
    expect(refuse("RATE_LIMITED").todo).toBe("Nothing was changed. Try again in a minute.")
    const longer = refuse("OVERLAPPING_CIDR_BLOCK", null, { retryAfterSeconds: 27 }).todo
    expect(longer).toMatch(/\. Try again in 27 s\.$/)
  })

  test("treats the documentation's older WHITELIST codes like ACCESS_LIST", () => {
    expect(refuse("IP_ADDRESS_NOT_ON_WHITELIST").what).toBe(refuse("IP_ADDRESS_NOT_ON_ACCESS_LIST").what)
  })

  test("names the server's address that Atlas saw, and the API key's access list [G1]", () => {
    const said = refuse(
      "IP_ADDRESS_NOT_ON_ACCESS_LIST",
      "IP address 203.0.113.9 is not allowed to access this resource.",
    )
    expect(said.evidence[0]).toBe("Atlas saw this server at 203.0.113.9")
    expect(said.todo).toContain("API key's access list")
  })

  test.each(Object.keys(projectExplanations))(
    "says service account, not API key, of %s where the credential is one",
    (errorCode) => {
      const refusal = { status: 401, errorCode, detail: null, keyKind: "service-account" as const }
      const { what, todo } = refuse(null, null, { refusal })
      expect(`${what} ${todo}`).not.toMatch(/API key|\bkey\b|an service/)
      const ofKey = refuse(null, null, { refusal: { status: 401, errorCode, detail: null } })
      const said = `${ofKey.what} ${ofKey.todo}`
      expect(`${what} ${todo}`.includes("service account")).toBe(said.includes("API key"))
    },
  )

  test("counts the project's connections for an exceeded quota", () => {
    expect(refuse("PEER_MAXIMUM_REACHED").evidence).toEqual([
      "payments has 1 connection: 0 unfinished, 0 failed",
    ])
  })

  test("shows Atlas's words for an unknown code", () => {
    expect(refuse("PEER_ON_THE_MOON", "The moon is not peered.")).toEqual({
      isKnown: false,
      what: "The moon is not peered.",
      evidence: [],
      todo: null,
      act: null,
    })
    expect(refuse("toString").isKnown).toBe(false)
    expect(refuse(null).what).toBe("Atlas answered HTTP 409 without a message.")
  })

  test.each(explainedCodes)("%s gives full sentences without the bare code, for any subject", (code) => {
    for (const more of everyMore) {
      const { what, todo, evidence } = refuse(code, null, more)
      expect(what).toMatch(/^[A-Z0-9].*\.$/)
      expect(todo).toMatch(/^[A-Z].*\.$/)
      expect(`${what} ${todo} ${evidence.join(" ")}`).not.toMatch(new RegExp(`${code}|undefined|null|NaN`))
    }
  })

  test.each([null, "", " \n"])("says that Atlas gave no words, for an unknown code with %j", (detail) => {
    expect(refuse("NEW", detail).what).toBe("Atlas answered HTTP 409 without a message.")
  })

  test("explains every code for any words of Atlas", () => {
    fc.assert(
      fc.property(fc.constantFrom(...explainedCodes, "NEW"), fc.string(), (code, detail) => {
        expect(refuse(code, detail).what).not.toBe("")
      }),
    )
  })
})

describe("explainFailure [B2] [B5]", () => {
  test.each([
    ["REJECTED", "rejected the request"],
    ["EXPIRED", "within 7 days"],
    ["INVALID_ARGUMENT", "account, VPC and region don't match, or CIDRs overlap"],
    ["NEW_REASON", "See the message from Atlas"],
  ])("explains AWS's %s and offers deletion [B7]", (errorStateName, what) => {
    const said = explainFailure({ ...peer, statusName: "FAILED", errorStateName }, false)
    expect(said.what).toContain(what)
    expect(said.words).toBe(errorStateName)
    expect(said.acts.at(-1)).toBe("delete")
  })

  test.each([
    [
      "Could not create peering connection in Atlas Azure account because a peer with an overlapping CIDR block already exists.",
      "overlaps the container, or another network",
    ],
    [
      "VnetAddressSpaceOverlapsWithAlreadyPeeredVnet: the address space overlaps one that is already peered with the second virtual network.",
      "overlaps the container, or another network",
    ],
    [
      "The virtual networks cannot be peered because their address spaces overlap.",
      "overlaps the container, or another network",
    ],
    ["Atlas no longer has permission to manage the peering of the virtual network.", "permission"],
    ["The virtual network was not found.", "not found under these names"],
    ["Strange things happened.", "message from Atlas"],
  ])("explains Azure's words: %s", (errorState, what) => {
    const azure = {
      providerName: "AZURE" as const,
      id: peer.id,
      status: "FAILED",
      errorState,
      vnetName: "hub",
    }
    expect(explainFailure(azure, false).what).toContain(what)
  })

  test.each([
    ["AWS", { statusName: "FAILED", errorStateName: "INVALID_ARGUMENT" }],
    ["GCP", { status: "FAILED", errorMessage: "The network was not found." }],
  ] as const)(
    "explains a network of %s that went away after it worked as probably deleted",
    (cloud, fields) => {
      const gone = readAtlasPeer({ id: peer.id, ...fields }, cloud)
      if (gone === null) throw new Error("has an id")
      expect(explainFailure(gone, true).what).toContain("probably deleted after the connection worked")
      expect(explainFailure(gone, false).what).not.toContain("deleted")
    },
  )

  test.each([
    ["EXPIRED", "request-again"],
    ["REJECTED", "request-again"],
    ["INVALID_ARGUMENT", "correct"],
    ["NEW_REASON", "correct"],
  ])("offers the same values again after %s only where they can work", (errorStateName, act) => {
    const failed = { ...peer, statusName: "FAILED", errorStateName }
    expect(explainFailure(failed, false).acts).toEqual([act, "delete"])
  })

  test("says that Atlas gives no reason, when it gives no words", () => {
    const silent = { providerName: "GCP" as const, id: peer.id, status: "FAILED" }
    expect(explainFailure(silent, false)).toMatchObject({
      what: "The connection failed without a reason from Atlas.",
      words: null,
    })
  })

  test("offers the Azure permission steps on Azure only", () => {
    const words = "Permission denied."
    const failed = { id: peer.id, status: "FAILED" }
    const onGcp = { ...failed, providerName: "GCP" as const, errorMessage: words }
    const onAzure = { ...failed, providerName: "AZURE" as const, errorState: words }
    expect(explainFailure(onGcp, false).acts).toEqual(["correct", "delete"])
    expect(explainFailure(onAzure, false).acts).toEqual(["show-azure-steps", "correct", "delete"])
  })
})

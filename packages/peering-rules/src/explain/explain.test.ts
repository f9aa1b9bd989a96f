import type {
  AwsPeer,
  Container,
  NewContainer,
  PeeringRequest,
  ProjectAddresses,
} from "@peering-desk/shared-schemas"
import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { explainedCodes, explainRefusal } from "./explain.ts"
import { explainFailure } from "./explain-failure.ts"
import type { Subject } from "./explanation.ts"

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
/** Whatever a refused call can be about, and nothing known of it at all. */
const everyMore: Partial<Subject>[] = [
  {},
  { request: undefined, here: null },
  { peer, mayBeDone: true },
  { request: undefined, container },
  { request: undefined, container: newContainer },
  { request: undefined, entry: { awsSecurityGroup: "sg-0a1b2c3d" } },
]

describe("a refusal", () => {
  test("of an overlap names whom the block meets, from the person's own data", () => {
    expect(refuse("OVERLAPPING_CIDR_BLOCK")).toMatchObject({
      isKnown: true,
      evidence: ["172.31.0.0/16 overlaps 172.31.0.0/16 of vpc-0c5e7d2b9f1a46083 in payments"],
      act: { kind: "correct-field", field: "routeTableCidrBlock" },
    })
  })

  test("of a change is not held against the connection's own block", () => {
    const wider = { ...request, routeTableCidrBlock: "172.30.0.0/15" }
    expect(refuse("OVERLAPPING_CIDR_BLOCK", null, { request: wider, peer }).evidence).toEqual([])
    expect(refuse("INVALID_ATTRIBUTE", null, { peer }).todo).toContain("make a new connection")
  })

  test("of a second connection leads to the first one", () => {
    const same = { ...request, awsAccountId: "123456789012", vpcId: "vpc-0c5e7d2b9f1a46083" }
    expect(refuse("PEER_ALREADY_EXISTS", null, { request: same })).toMatchObject({
      evidence: [`Connection ${peer.id} joins them: AVAILABLE`],
      act: { kind: "open-connection", peerId: peer.id },
    })
  })

  test("of a field leads to that field with what was sent", () => {
    expect(refuse("INVALID_ATTRIBUTE", "Invalid attribute vpcId specified.")).toMatchObject({
      evidence: ["vpcId was sent as vpc-0a1b2c3d"],
      act: { kind: "correct-field", field: "vpcId" },
    })
  })

  test("that names a value and no field leads to the field that has it", () => {
    expect(
      refuse("INVALID_ENUM_VALUE", "An invalid enumeration value us-west-1 was specified."),
    ).toMatchObject({
      what: "Atlas does not know the value of the field accepterRegionName.",
      evidence: ["accepterRegionName was sent as us-west-1"],
      act: { kind: "correct-field", field: "accepterRegionName" },
    })
    expect(refuse("INVALID_ROUTE_TABLE_CIDR").what).toMatch(/^172\.31\.0\.0\/16 has public addresses in it/)
  })

  test("of a container is about the container, and not about the connection that waits for it", () => {
    const about = { request: { ...request, containerId: "new" }, container: newContainer }
    expect(refuse("CONTAINER_ALREADY_EXISTS", null, about).evidence).toEqual([
      `payments has the container 10.8.0.0/21 in US_WEST_1, id ${containerId}`,
    ])
    expect(
      refuse("OVERLAPPING_ATLAS_CIDR_BLOCK", null, { request: undefined, container: newContainer }).evidence,
    ).toEqual(["10.8.4.0/22 overlaps the container 10.8.0.0/21 in US_WEST_1 in payments"])
    expect(refuse("CONTAINERS_IN_USE", null, { request: undefined, container }).evidence).toEqual([
      `10.8.0.0/21 in payments holds 1 connection: ${peer.id} (AVAILABLE)`,
    ])
    expect(refuse("CONTAINERS_IN_USE", null, about).evidence).toEqual([])
  })

  test("of a security group tells which connections it could stand beside", () => {
    const code = "CANNOT_USE_AWS_SECURITY_GROUP_WITHOUT_VPC_PEERING_CONNECTION"
    const about = { request: undefined, entry: { awsSecurityGroup: "sg-0a1b2c3d" } }
    expect(refuse(code, null, about)).toMatchObject({
      evidence: ["payments has 1 AWS connection that works"],
      act: { kind: "correct-field", field: "awsSecurityGroup" },
    })
  })

  test("with the one code that says everything is told by the status, and by what may have come of it", () => {
    const tell = (status: number, mayBeDone: boolean) => {
      const refusal = { status, errorCode: "UNEXPECTED_ERROR", detail: null }
      const { what, act } = refuse(null, null, { refusal, mayBeDone })
      return [what, act?.kind]
    }
    expect(tell(401, false)).toEqual(["Atlas does not accept this server's API key.", "open-keys"])
    expect(tell(500, false)).toEqual(["Atlas had an error of its own.", undefined])
    expect(tell(500, true)).toEqual([
      "Atlas had an error of its own, so nobody knows yet whether it was done.",
      undefined,
    ])
  })

  test("in the documentation's older spelling means the same", () => {
    expect(refuse("IP_ADDRESS_NOT_ON_WHITELIST").what).toBe(refuse("IP_ADDRESS_NOT_ON_ACCESS_LIST").what)
  })

  test("of the server's address tells which address, and which of the two lists [G1]", () => {
    const said = refuse(
      "IP_ADDRESS_NOT_ON_ACCESS_LIST",
      "IP address 203.0.113.9 is not allowed to access this resource.",
    )
    expect(said.evidence[0]).toBe("Atlas saw this server at 203.0.113.9")
    expect(said.todo).toContain("list of the API key itself")
  })

  test("of the quota counts what is there", () => {
    expect(refuse("PEER_MAXIMUM_REACHED").evidence).toEqual([
      "payments has 1 connection: 0 unfinished, 0 failed",
    ])
  })

  test("with a code from tomorrow is told in Atlas's words", () => {
    expect(refuse("PEER_ON_THE_MOON", "The moon is not peered.")).toEqual({
      isKnown: false,
      what: "The moon is not peered.",
      evidence: [],
      todo: null,
      act: null,
    })
    expect(refuse("toString").isKnown).toBe(false)
    expect(refuse(null).what).toBe("Atlas answered with HTTP 409 and no words.")
  })

  test.each(explainedCodes)("%s is told in sentences, without its bare code, whatever is known", (code) => {
    for (const more of everyMore) {
      const { what, todo, evidence } = refuse(code, null, more)
      expect(what).toMatch(/^[A-Z0-9].*\.$/)
      expect(todo).toMatch(/^[A-Z].*\.$/)
      expect(`${what} ${todo} ${evidence.join(" ")}`).not.toMatch(new RegExp(`${code}|undefined|null|NaN`))
    }
  })

  test.each([null, "", " \n"])("with a new code and no words, %j, says so", (detail) => {
    expect(refuse("NEW", detail).what).toBe("Atlas answered with HTTP 409 and no words.")
  })

  test("is explained whatever Atlas's words are", () => {
    fc.assert(
      fc.property(fc.constantFrom(...explainedCodes, "NEW"), fc.string(), (code, detail) => {
        expect(refuse(code, detail).what).not.toBe("")
      }),
    )
  })
})

describe("a connection that failed [B2] [B5]", () => {
  test.each([
    ["REJECTED", "rejected the request"],
    ["EXPIRED", "within 7 days"],
    ["INVALID_ARGUMENT", "do not belong together"],
    ["NEW_REASON", "Atlas's words are all that is known"],
  ])("on AWS with %s [B7]", (errorStateName, what) => {
    const said = explainFailure({ ...peer, statusName: "FAILED", errorStateName }, container)
    expect(said.what).toContain(what)
    expect(said.words).toBe(errorStateName)
    expect(said.acts.at(-1)).toBe("delete")
  })

  test.each([
    [
      "Could not create peering connection in Atlas Azure account because a peer with an overlapping CIDR block already exists.",
      "shares addresses",
    ],
    ["Atlas no longer has permission to manage the peering of the virtual network.", "permission"],
    ["The virtual network was not found.", "is gone"],
    ["Strange things happened.", "Atlas's words"],
  ])("on Azure: %s", (errorState, what) => {
    const azure = {
      providerName: "AZURE" as const,
      id: peer.id,
      status: "FAILED",
      errorState,
      vnetName: "hub",
    }
    expect(explainFailure(azure, null).what).toContain(what)
  })

  test("for which Atlas gives no words is not said to have any", () => {
    const silent = { providerName: "GCP" as const, id: peer.id, status: "FAILED" }
    expect(explainFailure(silent, null)).toMatchObject({
      what: "The connection failed, and Atlas does not say why.",
      words: null,
    })
  })

  test("the way to Azure's permission is offered on Azure alone", () => {
    const words = "Permission denied."
    const failed = { id: peer.id, status: "FAILED" }
    const onGcp = { ...failed, providerName: "GCP" as const, errorMessage: words }
    const onAzure = { ...failed, providerName: "AZURE" as const, errorState: words }
    expect(explainFailure(onGcp, null).acts).toEqual(["try-as-new", "delete"])
    expect(explainFailure(onAzure, null).acts).toEqual(["show-azure-steps", "try-as-new", "delete"])
  })
})

import { createSimulator, ownerKey, seededIds, type Simulator } from "@peering-desk/atlas-simulator"
import { readContainerRegion, type NewContainer } from "@peering-desk/shared-schemas"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import type { AtlasKeyClient } from "./atlas-client.ts"
import { createLoggedClient, peerId, problemOf } from "#test/support/atlas.ts"

const { emptySandbox, payments, peeringOnly } = seededIds

let simulator: Simulator
let origin: string
beforeEach(async () => {
  simulator = createSimulator({ speed: 0 })
  origin = (await simulator.listen({ port: 0 })).origin
})
afterEach(() => simulator.close())

const newContainers: NewContainer[] = [
  { providerName: "AWS", atlasCidrBlock: "10.8.0.0/21", regionName: "EU_WEST_1" },
  { providerName: "GCP", atlasCidrBlock: "10.64.0.0/18" },
  { providerName: "GCP", atlasCidrBlock: "10.64.0.0/23", regions: ["CENTRAL_US", "WESTERN_EUROPE"] },
  { providerName: "AZURE", atlasCidrBlock: "10.24.0.0/24", region: "US_EAST_2" },
]

describe.each(["v1.0", "2023-01-01"] as const)(
  "AtlasClient at the simulator with API version %s",
  (apiVersion) => {
    let client: AtlasKeyClient
    beforeEach(() => {
      client = createLoggedClient(origin, { credential: ownerKey, apiVersion }).client
    })

    test.each(newContainers)(
      "creates, lists and deletes a container $atlasCidrBlock on $providerName",
      async (wanted) => {
        const { value: made, answerCode } = await client.createContainer(emptySandbox, wanted)
        expect(answerCode).toBe("201")
        expect(made).toMatchObject({ ...wanted, provisioned: false })
        expect(readContainerRegion(made)).toBe(readContainerRegion(wanted))
        expect(await client.listContainers(emptySandbox)).toEqual([made])
        simulator.advance(10)
        await client.deleteContainer(emptySandbox, wanted.providerName, made.id)
        expect(await client.listContainers(emptySandbox)).toEqual([])
      },
    )

    test("names the field of a refused container, and has its own code for a missing one", async () => {
      const wanted = newContainers[0]!
      await client.createContainer(emptySandbox, wanted)
      const again = await problemOf(client.createContainer(emptySandbox, wanted))
      expect(again.shown).toMatchObject({
        atlas: { status: 409, errorCode: "CONTAINER_ALREADY_EXISTS" },
        fields: { regionName: expect.any(String) },
      })
      const large = await problemOf(
        client.createContainer(emptySandbox, { ...wanted, atlasCidrBlock: "10.0.0.0/16" }),
      )
      expect(large.shown.fields).toHaveProperty("atlasCidrBlock")
      expect((await problemOf(client.deleteContainer(emptySandbox, "AWS", peerId))).code).toBe(
        "container_not_found",
      )
    })

    test("reads peering-only mode and switches it off", async () => {
      expect(await client.readPrivateIpMode(peeringOnly)).toEqual({ enabled: true })
      expect(await client.changePrivateIpMode(peeringOnly, false)).toEqual({
        value: { enabled: false },
        answerCode: "200",
      })
      expect(await client.readPrivateIpMode(peeringOnly)).toEqual({ enabled: false })
      expect((await problemOf(client.changePrivateIpMode(payments, true))).shown.atlas).toMatchObject({
        errorCode: "CANNOT_UPDATE_PRIVATE_IP_MODE",
      })
    })

    test("adds a block to the access list and reads its status", async () => {
      await client.addToAccessList(emptySandbox, { cidrBlock: "10.50.0.0/16", comment: "orders" })
      expect(await client.listAccessList(emptySandbox)).toMatchObject([
        { cidrBlock: "10.50.0.0/16", comment: "orders" },
      ])
      expect(await client.readAccessListStatus(emptySandbox, "10.50.0.0/16")).toBe("PENDING")
      simulator.advance(60)
      expect(await client.readAccessListStatus(emptySandbox, "10.50.0.0/16")).toBe("ACTIVE")
      const group = { awsSecurityGroup: "sg-0026348ec11780bd1", comment: "" }
      expect((await problemOf(client.addToAccessList(emptySandbox, group))).shown.fields).toHaveProperty(
        "awsSecurityGroup",
      )
    })

    test.each<[string, string, (containerId: string) => Promise<unknown>]>([
      ["a new container", "POST", () => client.createContainer(emptySandbox, newContainers[3]!)],
      ["a removal", "DELETE", (id) => client.deleteContainer(emptySandbox, "AWS", id)],
      ["a switch", "PATCH", () => client.changePrivateIpMode(emptySandbox, false)],
    ])("%s whose answer is lost has an unknown outcome and is sent once", async (_what, method, change) => {
      const { value: made } = await client.createContainer(emptySandbox, newContainers[0]!)
      simulator.advance(10)
      simulator.addFault({ match: { method }, fault: { cut: "after" } })
      expect((await problemOf(change(made.id))).code).toBe("outcome_unknown")
      expect(simulator.calls().total.cut).toBe(1)
      simulator.clearFaults()
      simulator.addFault({ match: { method }, fault: { status: 503 } })
      expect((await problemOf(change(made.id))).code).toBe("outcome_unknown")
    })
  },
)

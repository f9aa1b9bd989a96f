import { AtlasPeer, Container } from "@peering-desk/shared-schemas"
import { expect, test } from "vitest"
import { readAccountNetworks, type NetworksDeps } from "./account-networks.ts"

test("the region of a VPC comes from the AWS container, also after another cloud's container of the same id", async () => {
  const account = "482913570264"
  const id = "507f1f77bcf86cd799439011"
  const peer = AtlasPeer.parse({
    providerName: "AWS",
    id,
    containerId: id,
    awsAccountId: account,
    vpcId: "vpc-0a1b2c3d",
  })
  const value = [
    Container.parse({ providerName: "AZURE", id, region: "EUROPE_WEST" }),
    Container.parse({ providerName: "AWS", id, regionName: "US_WEST_2" }),
  ]
  const deps = {
    pollers: { live: { ofCloud: () => [{ peer }] }, of: () => ({ isFresh: () => true }) },
    projectCache: { of: () => ({ containers: { refresh: () => Promise.resolve({ value }) } }) },
  } as unknown as NetworksDeps
  const { connections } = await readAccountNetworks(deps, { projectId: "p", account })
  expect(connections).toMatchObject([{ region: "us-west-2", container: { providerName: "AWS" } }])
})

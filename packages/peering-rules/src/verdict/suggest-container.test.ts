import { describe, expect, test } from "vitest"
import { draftForNew, drafts, draftWith, ids, payments, snapshot, snapshotWith } from "#test/drafts.ts"
import { isNewContainerPossible, suggestContainer, suggestNewContainer } from "./suggest-container.ts"

const { containers, peers } = payments
const withoutChoice = { containerId: "" }
const oneOf = (id: string) => containers.filter((one) => one.id === id)

describe("Suggesting a container", () => {
  test("The VPC's region decides on AWS", () => {
    const west = draftWith("AWS", { ...withoutChoice, accepterRegionName: "us-west-2" })
    expect(suggestContainer(west, containers, peers)).toEqual({
      containerId: ids.awsWest,
      reason: "Same region as your VPC",
    })
  })

  test("Google Cloud's one container is suggested for an empty form", () => {
    const empty = { providerName: "GCP", request: {} } as const
    expect(suggestContainer(empty, containers, peers)).toEqual({
      containerId: ids.gcp,
      reason: "The project's only container",
    })
  })

  test("Azure's only container is suggested, and the subscription chooses among several", () => {
    const draft = draftWith("AZURE", withoutChoice)
    expect(suggestContainer(draft, oneOf(ids.azureEurope), peers)?.containerId).toBe(ids.azureEurope)
    expect(suggestContainer(draft, containers, peers)).toEqual({
      containerId: ids.azure,
      reason: "Used by your subscription's other VNets",
    })
    expect(suggestContainer(draft, containers, [])).toBeNull()
  })

  test("No container is suggested whose CIDR overlaps the VPC's", () => {
    const overlapping = draftWith("AWS", { ...withoutChoice, routeTableCidrBlock: "10.8.0.0/16" })
    expect(suggestContainer(overlapping, containers, peers)).toBeNull()
  })

  test("An only container in another region is suggested while something uses it", () => {
    const ireland = draftWith("AWS", { ...withoutChoice, accepterRegionName: "eu-west-1" })
    const [used] = oneOf(ids.aws)
    const unused = { ...used!, provisioned: false }
    expect(suggestContainer(ireland, [used!], [])?.containerId).toBe(ids.aws)
    expect(suggestContainer(ireland, [unused], peers)?.containerId).toBe(ids.aws)
    expect(suggestContainer(ireland, [unused], [])).toBeNull()
  })
})

describe("Suggesting a new container", () => {
  test("The region follows the VPC, and the CIDR is free", () => {
    const draft = draftForNew(
      "AWS",
      {},
      { accepterRegionName: "eu-west-1", routeTableCidrBlock: "10.0.0.0/16" },
    )
    expect(suggestNewContainer(draft, snapshot)).toEqual({
      region: "EU_WEST_1",
      atlasCidrBlock: "10.1.0.0/21",
    })
  })

  test("A region that has a container is not suggested", () => {
    expect(suggestNewContainer(drafts.AWS, snapshot).region).toBeNull()
  })

  test("A named Azure region is understood, and Google Cloud gets a /18", () => {
    expect(suggestNewContainer(drafts.AZURE, snapshot, "North Europe").region).toBe("EUROPE_NORTH")
    expect(suggestNewContainer(drafts.GCP, snapshotWith({ containers: [] }))).toEqual({
      region: null,
      atlasCidrBlock: expect.stringMatching(/\/18$/),
    })
  })

  test("Google Cloud allows one container, the other clouds more", () => {
    expect(isNewContainerPossible("GCP", containers)).toBe(false)
    expect(isNewContainerPossible("GCP", oneOf(ids.aws))).toBe(true)
    expect(isNewContainerPossible("AWS", containers)).toBe(true)
  })
})

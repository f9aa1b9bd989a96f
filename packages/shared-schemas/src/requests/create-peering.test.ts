import { describe, expect, test } from "vitest"
import { CreatePeering, newContainerMark } from "#index.ts"

const request = {
  providerName: "GCP",
  containerId: "507f1f77bcf86cd799439012",
  gcpProjectId: "my-project",
  networkName: "default",
}

const complaintsOf = (body: unknown) =>
  CreatePeering.safeParse(body).error?.issues.map(({ path, message }) => [path.join("."), message])

describe("the body of a create", () => {
  test("is a request and why it is made, without the spaces around that", () => {
    expect(CreatePeering.parse({ request, reason: "  Ticket NET-42 " })).toEqual({
      request,
      reason: "Ticket NET-42",
    })
  })

  test.each([
    ["no reason", undefined],
    ["an empty one", ""],
    ["spaces", " \n "],
    ["a number", 7],
  ])("asks why when there is %s", (_, reason) => {
    expect(complaintsOf({ request, reason })).toEqual([
      ["reason", "Enter a reason (stored in the audit log)"],
    ])
  })

  test("takes a reason of 200 characters and no longer one", () => {
    expect(complaintsOf({ request, reason: "x".repeat(200) })).toBeUndefined()
    expect(complaintsOf({ request, reason: "x".repeat(201) })).toEqual([
      ["reason", "Use at most 200 characters"],
    ])
  })

  test("says what is wrong with the request at its own fields", () => {
    expect(complaintsOf({ request: { ...request, networkName: "" }, reason: "because" })).toEqual([
      ["request.networkName", "Enter your VPC network name"],
    ])
  })

  test("holds nothing else", () => {
    expect(complaintsOf({ request, reason: "because", orgId: "1" })).toHaveLength(1)
  })

  test("is of a new container exactly when that is described, in the same cloud", () => {
    const newContainer = { providerName: "GCP", atlasCidrBlock: "10.64.0.0/18" }
    const ofNew = { ...request, containerId: newContainerMark }
    expect(complaintsOf({ request: ofNew, newContainer, reason: "because" })).toBeUndefined()
    expect(complaintsOf({ request: ofNew, reason: "because" })).toEqual([
      ["request.containerId", "Describe the new container, or choose an existing one"],
    ])
    expect(complaintsOf({ request, newContainer, reason: "because" })).toEqual([
      ["request.containerId", 'Leave it "new" when a new container goes with it'],
    ])
    const aws = { providerName: "AWS", atlasCidrBlock: "10.64.0.0/21", regionName: "US_EAST_1" }
    expect(complaintsOf({ request: ofNew, newContainer: aws, reason: "because" })).toEqual([
      ["newContainer.providerName", "Must be the same cloud as the connection"],
    ])
  })

  test("names each region of a new container once, so that what is sent is what is counted", () => {
    const newContainer = {
      providerName: "GCP",
      atlasCidrBlock: "10.64.0.0/24",
      regions: ["CENTRAL_US", "US_EAST_4", "CENTRAL_US"],
    }
    const body = { request: { ...request, containerId: newContainerMark }, newContainer, reason: "because" }
    expect(CreatePeering.parse(body).newContainer).toEqual({
      ...newContainer,
      regions: ["CENTRAL_US", "US_EAST_4"],
    })
  })

  test("may say which plan was seen, and a hash is a hash", () => {
    expect(complaintsOf({ request, reason: "because", planHash: "0f".repeat(32) })).toBeUndefined()
    expect(complaintsOf({ request, reason: "because", planHash: "0f" })).toHaveLength(1)
  })
})

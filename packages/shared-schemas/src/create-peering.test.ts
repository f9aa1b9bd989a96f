import { describe, expect, test } from "vitest"
import { CreatePeering } from "./index.ts"

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
    expect(complaintsOf({ request, reason })).toEqual([["reason", "Say why, for the audit trail"]])
  })

  test("takes a reason of 200 characters and no longer one", () => {
    expect(complaintsOf({ request, reason: "x".repeat(200) })).toBeUndefined()
    expect(complaintsOf({ request, reason: "x".repeat(201) })).toEqual([
      ["reason", "Say it in 200 characters at most"],
    ])
  })

  test("says what is wrong with the request at its own fields", () => {
    expect(complaintsOf({ request: { ...request, networkName: "" }, reason: "because" })).toEqual([
      ["request.networkName", "Enter your VPC network's name"],
    ])
  })

  test("holds nothing else", () => {
    expect(complaintsOf({ request, reason: "because", orgId: "1" })).toHaveLength(1)
  })
})

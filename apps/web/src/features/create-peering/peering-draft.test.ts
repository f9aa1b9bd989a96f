import { afterEach, expect, test } from "vitest"
import type { GcpPeeringRequest } from "@peering-desk/shared-schemas"
import {
  dropDraft,
  keepDraft,
  keepOpenTab,
  keepReason,
  readDraft,
  readOpenTab,
  readReason,
} from "./peering-draft.ts"

const projectId = "5356823b3794dee37132bb7b"
const empty: GcpPeeringRequest = { providerName: "GCP", gcpProjectId: "", networkName: "", containerId: "" }
const values: GcpPeeringRequest = { ...empty, gcpProjectId: "my-project", networkName: "default" }
const request: GcpPeeringRequest = { ...values, containerId: "507f1f77bcf86cd799439011" }

afterEach(() => sessionStorage.clear())

function plant(draft: unknown) {
  keepDraft(projectId, { values, attempt: null })
  const place = sessionStorage.key(0) ?? ""
  sessionStorage.setItem(place, typeof draft === "string" ? draft : JSON.stringify(draft))
}

test("a draft comes back for its project and cloud alone, until it is dropped", () => {
  const draft = { values, attempt: { key: "0123456789abcdef", request, reason: "NET-42", open: true } }
  keepDraft(projectId, draft)
  expect(readDraft(projectId, empty)).toEqual(draft)
  expect(readDraft("64b1f0a27c3d5e4f8a9b0c1d", empty)).toEqual({ values: empty, attempt: null })
  dropDraft(projectId, "GCP")
  expect(readDraft(projectId, empty)).toEqual({ values: empty, attempt: null })
})

test("fields of another cloud, another cloud's name and values that are no texts do not come back", () => {
  plant({ values: { ...values, providerName: "AWS", vpcId: "vpc-1", networkName: 7 } })
  expect(readDraft(projectId, empty).values).toEqual({ ...empty, gcpProjectId: "my-project" })
})

test.each(["", "{", "null", "7", "[]", '{"values":null,"attempt":7}', '{"attempt":{"key":"short"}}'])(
  "what cannot be read is an empty form: %j",
  (kept) => {
    plant(kept)
    expect(readDraft(projectId, empty)).toEqual({ values: empty, attempt: null })
  },
)

test("an attempt whose request would not be sent today is forgotten", () => {
  plant({
    values,
    attempt: {
      key: "0123456789abcdef",
      request: { ...request, networkName: "" },
      reason: "NET-42",
      open: true,
    },
  })
  expect(readDraft(projectId, empty)).toEqual({ values, attempt: null })
})

test("an attempt of a version that asked for no reason is forgotten", () => {
  plant({ values, attempt: { key: "0123456789abcdef", request, open: true } })
  expect(readDraft(projectId, empty)).toEqual({ values, attempt: null })
})

test("the reason is kept for its project until it is empty", () => {
  keepReason(projectId, "NET-42")
  expect(readReason(projectId)).toBe("NET-42")
  expect(readReason("64b1f0a27c3d5e4f8a9b0c1d")).toBe("")
  keepReason(projectId, "")
  expect(sessionStorage).toHaveLength(0)
})

test("the open tab is kept, and a name that is no cloud's means the first", () => {
  expect(readOpenTab(projectId)).toBe("AWS")
  keepOpenTab(projectId, "AZURE")
  expect(readOpenTab(projectId)).toBe("AZURE")
  sessionStorage.setItem(sessionStorage.key(0) ?? "", '"ALIBABA"')
  expect(readOpenTab(projectId)).toBe("AWS")
})

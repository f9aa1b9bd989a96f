import { afterEach, expect, test, vi } from "vitest"
import { emptyValues } from "./cloud-fields.ts"
import { dropOldDrafts } from "./draft-storage.ts"
import {
  dropAttempt,
  dropValues,
  keepAttempt,
  keepOpenTab,
  keepReason,
  keepValues,
  readDraft,
  readOpenTab,
  readReason,
  type Attempt,
} from "./peering-draft.ts"

const owner = { issuer: "https://id.example", subject: "olivia", projectId: "5356823b3794dee37132bb7b" }
const elsewhere = { ...owner, projectId: "64b1f0a27c3d5e4f8a9b0c1d" }
const somebodyElse = { ...owner, subject: "victor" }
const empty = emptyValues("GCP")
const network = { gcpProjectId: "my-project", networkName: "default" }
const values = { ...empty, ...network }
const request = { providerName: "GCP" as const, ...network, containerId: "507f1f77bcf86cd799439011" }
const attempt: Attempt = { key: "0123456789abcdef", request, reason: "NET-42", open: true }
const nothing = { values: empty, attempt: null }
const day = 24 * 3_600_000

afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
  localStorage.clear()
})

/** Puts something in the place of the one thing that is kept. */
function plant(value: unknown) {
  const place = localStorage.key(0) ?? ""
  localStorage.setItem(place, typeof value === "string" ? value : JSON.stringify({ at: Date.now(), value }))
}

test("a draft comes back for its person, project and cloud alone, until it is dropped", () => {
  keepValues(owner, values)
  keepAttempt(owner, "GCP", attempt)
  expect(readDraft(owner, empty)).toEqual({ values, attempt })
  expect(readDraft(elsewhere, empty)).toEqual(nothing)
  expect(readDraft(somebodyElse, empty)).toEqual(nothing)
  dropValues(owner, values)
  dropAttempt(owner, "GCP", attempt.key)
  expect(readDraft(owner, empty)).toEqual(nothing)
})

test("no name of a person can be written so that it is another's", () => {
  keepReason({ ...owner, issuer: "https://id.example olivia", subject: "x" }, "NET-42")
  expect(readReason({ ...owner, issuer: "https://id.example", subject: "olivia x" })).toBe("")
})

test("what another tab of the form has kept since is not dropped with what was sent here", () => {
  keepValues(owner, { ...values, networkName: "another" })
  dropValues(owner, values)
  expect(readDraft(owner, empty).values.networkName).toBe("another")
})

test("attempts of several tabs stand side by side; an open one comes back before one whose end is known", () => {
  vi.useFakeTimers({ toFake: ["Date"] })
  keepAttempt(owner, "GCP", attempt)
  vi.advanceTimersByTime(1000)
  const other = { ...attempt, key: "fedcba9876543210", request: { ...request, networkName: "another" } }
  keepAttempt(owner, "GCP", { ...other, open: false })
  expect(readDraft(owner, empty).attempt).toEqual(attempt)
  dropAttempt(owner, "GCP", attempt.key)
  expect(readDraft(owner, empty).attempt).toEqual({ ...other, open: false })
})

test("a draft is kept for 14 days after it was touched last, and then taken away, whoever it is of", () => {
  vi.useFakeTimers({ toFake: ["Date"] })
  keepValues(somebodyElse, values)
  vi.advanceTimersByTime(day)
  keepValues(owner, values)
  localStorage.setItem("something of another page", "stays")
  vi.advanceTimersByTime(14 * day - 1)
  dropOldDrafts()
  expect(readDraft(owner, empty).values).toEqual(values)
  expect(localStorage).toHaveLength(2)
  vi.advanceTimersByTime(1)
  expect(readDraft(owner, empty)).toEqual(nothing)
  dropOldDrafts()
  expect(Object.keys(localStorage)).toEqual(["something of another page"])
})

test("without storage, or in a full one, nothing is kept and nothing breaks", () => {
  const refuse = () => {
    throw new DOMException("full", "QuotaExceededError")
  }
  vi.spyOn(Storage.prototype, "setItem").mockImplementation(refuse)
  vi.spyOn(Storage.prototype, "getItem").mockImplementation(refuse)
  keepValues(owner, values)
  dropOldDrafts()
  expect(readDraft(owner, empty)).toEqual(nothing)
})

test("fields of another cloud, another cloud's name and values that are no texts do not come back", () => {
  keepValues(owner, values)
  plant({ ...values, providerName: "AWS", vpcId: "vpc-1", networkName: 7 })
  expect(readDraft(owner, empty).values).toEqual({ ...empty, gcpProjectId: "my-project" })
})

test.each(["", "{", "null", "7", "[]", '{"at":"now","value":{"networkName":"default"}}', '{"value":{}}'])(
  "what cannot be read is an empty form: %j",
  (kept) => {
    keepValues(owner, values)
    plant(kept)
    expect(readDraft(owner, empty)).toEqual(nothing)
  },
)

test.each([
  ["whose request would not be sent today", { ...attempt, request: { ...request, networkName: "" } }],
  ["of a version that asked for no reason", { ...attempt, reason: undefined }],
  ["without a key that can be one", { ...attempt, key: "short" }],
  ["that is none", 7],
])("an attempt %s is forgotten", (_, kept) => {
  keepAttempt(owner, "GCP", attempt)
  plant(kept)
  expect(readDraft(owner, empty)).toEqual(nothing)
})

test("the reason is kept for its person and project until it is empty", () => {
  keepReason(owner, "NET-42")
  expect(readReason(owner)).toBe("NET-42")
  expect(readReason(elsewhere)).toBe("")
  expect(readReason(somebodyElse)).toBe("")
  keepReason(owner, "")
  expect(localStorage).toHaveLength(0)
})

test("the open tab is kept, and a name that is no cloud's means the first", () => {
  expect(readOpenTab(owner)).toBe("AWS")
  keepOpenTab(owner, "AZURE")
  expect(readOpenTab(owner)).toBe("AZURE")
  plant("ALIBABA")
  expect(readOpenTab(owner)).toBe("AWS")
})

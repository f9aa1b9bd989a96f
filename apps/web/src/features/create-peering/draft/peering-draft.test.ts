import { afterEach, expect, test, vi } from "vitest"
import { emptyValues } from "./cloud-fields.ts"
import { dropOldDrafts } from "./draft-storage.ts"
import {
  dropAttempt,
  dropValues,
  keepAttempt,
  keepOpenTab,
  keepNotes,
  keepValues,
  readDraft,
  readOpenTab,
  readNotes,
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
const notes = { displayName: "orders", reason: "NET-42" }
const noNotes = { displayName: "", reason: "" }
const nothing = { values: empty, attempt: null }
const day = 24 * 3_600_000

afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
  localStorage.clear()
})

/** Replaces the only stored value. */
function plant(value: unknown) {
  const place = localStorage.key(0) ?? ""
  localStorage.setItem(place, typeof value === "string" ? value : JSON.stringify({ at: Date.now(), value }))
}

test("a draft comes back for its person, project and cloud only, until it is dropped", () => {
  keepValues(owner, values)
  keepAttempt(owner, "GCP", attempt)
  expect(readDraft(owner, empty)).toEqual({ values, attempt })
  expect(readDraft(elsewhere, empty)).toEqual(nothing)
  expect(readDraft(somebodyElse, empty)).toEqual(nothing)
  dropValues(owner, values)
  dropAttempt(owner, "GCP", attempt.key)
  expect(readDraft(owner, empty)).toEqual(nothing)
})

test("the storage key of one person never equals that of another", () => {
  keepNotes({ ...owner, issuer: "https://id.example olivia", subject: "x" }, notes)
  expect(readNotes({ ...owner, issuer: "https://id.example", subject: "olivia x" })).toEqual(noNotes)
})

test("dropValues keeps what another browser tab has stored since", () => {
  keepValues(owner, { ...values, networkName: "another" })
  dropValues(owner, values)
  expect(readDraft(owner, empty).values.networkName).toBe("another")
})

test("readDraft returns an open attempt before a finished one, from any browser tab", () => {
  vi.useFakeTimers({ toFake: ["Date"] })
  keepAttempt(owner, "GCP", attempt)
  vi.advanceTimersByTime(1000)
  const other = { ...attempt, key: "fedcba9876543210", request: { ...request, networkName: "another" } }
  keepAttempt(owner, "GCP", { ...other, open: false })
  expect(readDraft(owner, empty).attempt).toEqual(attempt)
  dropAttempt(owner, "GCP", attempt.key)
  expect(readDraft(owner, empty).attempt).toEqual({ ...other, open: false })
})

test("dropOldDrafts removes the drafts of every person 14 days after their last change", () => {
  vi.useFakeTimers({ toFake: ["Date"] })
  keepValues(somebodyElse, values)
  vi.advanceTimersByTime(day)
  keepValues(owner, values)
  localStorage.setItem("an entry of another page", "stays")
  vi.advanceTimersByTime(14 * day - 1)
  dropOldDrafts()
  expect(readDraft(owner, empty).values).toEqual(values)
  expect(localStorage).toHaveLength(2)
  vi.advanceTimersByTime(1)
  expect(readDraft(owner, empty)).toEqual(nothing)
  dropOldDrafts()
  expect(Object.keys(localStorage)).toEqual(["an entry of another page"])
})

test("nothing is stored and nothing breaks when storage is off or full", () => {
  const refuse = () => {
    throw new DOMException("full", "QuotaExceededError")
  }
  vi.spyOn(Storage.prototype, "setItem").mockImplementation(refuse)
  vi.spyOn(Storage.prototype, "getItem").mockImplementation(refuse)
  keepValues(owner, values)
  dropOldDrafts()
  expect(readDraft(owner, empty)).toEqual(nothing)
})

test("readDraft drops fields of another cloud and values that are not text", () => {
  keepValues(owner, values)
  plant({ ...values, providerName: "AWS", vpcId: "vpc-1", networkName: 7 })
  expect(readDraft(owner, empty).values).toEqual({ ...empty, gcpProjectId: "my-project" })
})

test.each(["", "{", "null", "7", "[]", '{"at":"now","value":{"networkName":"default"}}', '{"value":{}}'])(
  "readDraft returns an empty form for unreadable content: %j",
  (kept) => {
    keepValues(owner, values)
    plant(kept)
    expect(readDraft(owner, empty)).toEqual(nothing)
  },
)

test.each([
  ["an invalid request", { ...attempt, request: { ...request, networkName: "" } }],
  ["no reason", { ...attempt, reason: undefined }],
  ["an invalid key", { ...attempt, key: "short" }],
  ["no fields", 7],
])("readDraft drops an attempt with %s", (_, kept) => {
  keepAttempt(owner, "GCP", attempt)
  plant(kept)
  expect(readDraft(owner, empty)).toEqual(nothing)
})

test("keepNotes stores name and reason for their person and project until they are empty", () => {
  keepNotes(owner, notes)
  expect(readNotes(owner)).toEqual(notes)
  expect(readNotes(elsewhere)).toEqual(noNotes)
  expect(readNotes(somebodyElse)).toEqual(noNotes)
  keepNotes(owner, noNotes)
  expect(localStorage).toHaveLength(0)
})

test("readOpenTab returns the stored tab, or AWS for an unknown name", () => {
  expect(readOpenTab(owner)).toBe("AWS")
  keepOpenTab(owner, "AZURE")
  expect(readOpenTab(owner)).toBe("AZURE")
  plant("ALIBABA")
  expect(readOpenTab(owner)).toBe("AWS")
})

import { apiUrls, type Timeline, type TimelineAct } from "@peering-desk/shared-schemas"
import { screen, waitFor } from "@testing-library/react"
import { expect, test, vi } from "vitest"
import { answer, listOf, mockBff, refuse } from "#mock-bff/mock-bff.ts"
import { openApp, useMockBff } from "#mock-bff/open-app.tsx"
import { makePeering, projectId } from "#mock-bff/samples.ts"
import { pagePaths } from "#shared/page-paths.ts"
import { setClockAhead } from "#ui/time/now.ts"
import { nameNextActor } from "./report-words.ts"

useMockBff()

const hash = "ab".repeat(32)
const aws = {
  ...makePeering("AWS", { status: "PENDING_ACCEPTANCE" }),
  origin: "created-here" as const,
  createdBy: "Tom Reed",
  createReason: "PAY-212 <b>urgent</b>",
}
const act: TimelineAct = {
  sequence: 7,
  at: "2026-11-24T07:59:00.000Z",
  kind: "attempt",
  action: "peering-create",
  by: "Tom Reed",
  reason: aws.createReason,
  outcome: null,
  answerCode: null,
  attemptSequence: null,
  hash,
}
const timeline = {
  peeringId: aws.id,
  providerName: "AWS",
  lookEverySeconds: 60,
  gaps: [],
} satisfies Partial<Timeline>

/** Saves the report of the connection from its menu, and returns the text of the file that the browser would get. */
async function saveReport(): Promise<string> {
  const blobs: Blob[] = []
  vi.spyOn(URL, "createObjectURL").mockImplementation((blob) => {
    blobs.push(blob as Blob)
    return "blob:report"
  })
  vi.spyOn(URL, "revokeObjectURL").mockReturnValue()
  const { user } = openApp(pagePaths.connection(projectId, aws.id))
  await user.click(await screen.findByRole("button", { name: /^More actions/ }))
  await user.click(screen.getByRole("menuitem", { name: "Save report", hidden: true }))
  await screen.findByText("Report saved")
  const text = (await blobs[0]?.text()) ?? ""
  expect(text).toMatch(/^<!doctype html>/)
  return text
}

function openReport(text: string): Document {
  return new DOMParser().parseFromString(text, "text/html")
}

function answerTimeline(acts: TimelineAct[], observations: Timeline["observations"] = []) {
  mockBff.use(
    answer(apiUrls.timeline(projectId, aws.id), { ...timeline, acts, observations }),
    answer(apiUrls.auditCheckpoint(), { checkpoint: "audit-head-2.7.1764500000000.abc" }),
  )
}

/** Returns the texts of the cells of a table, row by row. */
const readRows = (report: Document, title: string) =>
  [...report.querySelectorAll(`table.${title} tbody tr`)].map((row) =>
    [...row.children].map(({ textContent }) => textContent),
  )

test("Save report makes one file with the path, the plan and its results, who asked and why, and events with hashes", async () => {
  mockBff.use(listOf([aws]))
  answerTimeline([act])
  const report = openReport(await saveReport())
  const text = report.body.textContent
  expect(report.querySelector(".state")?.textContent).toBe("Accept in AWS · 0 of 7 proven")
  expect([...report.querySelectorAll(".path li")].map(({ textContent }) => textContent)).toContain(
    "PeeringOwner must acceptAtlas 24 Nov 2026, 10:07:00",
  )
  expect(readRows(report, "plan").slice(0, 2)).toEqual([
    ["1", "Atlas", "Create the peering to vpc-0a1b2c3d4e5f60718.", "Done, first seen 24 Nov 2026, 10:04:00"],
    ["2", "Network owner", "Accept it in account 1234 5678 9012.", "Waiting, Atlas 24 Nov 2026, 10:07:00"],
  ])
  expect(readRows(report, "who")).toEqual([
    ["Asked", "Tom Reed", "first seen 24 Nov 2026, 10:04:00", "PAY-212 <b>urgent</b>"],
  ])
  expect(readRows(report, "events")).toEqual([
    [
      "24 Nov 2026, 07:59:00",
      "Tom Reed",
      "Create connection · PAY-212 <b>urgent</b>",
      "7",
      `${hash.slice(0, 8)}…${hash.slice(-4)}`,
    ],
  ])
  expect(text).toContain("Audit log to entry 7, checkpoint audit-head-2.7.1764500000000.abc.")
  expect(text).not.toContain("aws ec2")
  expect(report.querySelectorAll("script, link, img, b, pre")).toHaveLength(0)
  expect(report.querySelector("meta[http-equiv]")?.getAttribute("content")).toContain("default-src 'none'")
})

test("Save report calls a connection that failed requested, not done", async () => {
  mockBff.use(listOf([{ ...aws, peer: { ...aws.peer, statusName: "FAILED" } }]))
  answerTimeline([act])
  const [, , , result] = readRows(openReport(await saveReport()), "plan")[0] ?? []
  expect(result).toBe("Requested, first seen 24 Nov 2026, 10:04:00, and failed")
})

test("a report names who acts next after a decline and where something is broken in the cloud", () => {
  const declined = { at: "2026-11-24T10:05:00.000Z", reason: "Not our network", for: null }
  const broken = { since: "2026-11-24T10:05:00.000Z", stop: "route", says: "No route" } as const
  const available = { ...aws, peer: { ...aws.peer, statusName: "AVAILABLE" } }
  expect([aws, { ...aws, declined }, available, { ...available, broken }].map(nameNextActor)).toEqual([
    "The network owner",
    "The requester",
    "Nobody",
    "The network owner",
  ])
})

test("a report has the date of the page's clock, which a demo moves ahead", async () => {
  mockBff.use(listOf([aws]))
  answerTimeline([act])
  setClockAhead(24 * 3_600_000)
  const report = openReport(await saveReport())
  setClockAhead(0)
  expect(report.querySelector("header")?.textContent).toContain("25 Nov 2026, 10:07")
})

test("Save report names who approved, that the owner accepted, and who deleted or declined", async () => {
  const declined = { at: "2026-11-24T10:05:00.000Z", reason: "Not our network", for: "Network team" }
  mockBff.use(listOf([{ ...aws, declined }]))
  const seen = { number: 1, after: null, what: "listed" as const, raw: null }
  answerTimeline(
    [{ ...act, approvedBy: "Vera Lind" }],
    [
      { ...seen, at: "2026-11-24T08:00:00.000Z", status: "PENDING_ACCEPTANCE", turn: "you" },
      { ...seen, number: 2, at: "2026-11-24T09:00:00.000Z", status: "FINALIZING", turn: "atlas" },
    ],
  )
  expect(readRows(openReport(await saveReport()), "who").slice(1)).toEqual([
    ["Approved", "Vera Lind", "24 Nov 2026, 07:59:00", "Create connection"],
    ["Accepted", "Owner of the VPC", "24 Nov 2026, 09:00:00", "Seen in Atlas: Finalizing"],
    ["Declined", "Network team", "24 Nov 2026, 10:05:00", "Not our network"],
  ])
})

test("Save report lists a step marked as done among the events, also one without an audit entry", async () => {
  const marks = {
    "aws-dns-vpc-0a1b2c3d4e5f60718": { by: "Olivia Marsh", at: "2026-11-24T08:51:48.000Z" },
    "aws-accept-pcx-0f3a9188d2c41e07b": { by: "Tom Reed", at: "2026-11-24T09:00:00.000Z" },
  }
  mockBff.use(listOf([{ ...aws, steps: marks }]))
  const step = "aws-accept-pcx-0f3a9188d2c41e07b"
  answerTimeline([
    {
      ...act,
      sequence: 9,
      at: "2026-11-24T09:00:00.000Z",
      kind: "event",
      action: "step-marked",
      step,
      reason: null,
    },
  ])
  const report = openReport(await saveReport())
  expect(readRows(report, "events").map(([, who, what, entry]) => [who, what, entry])).toEqual([
    ["Olivia Marsh", "Step marked as done: Enable DNS resolution and hostnames", ""],
    ["Tom Reed", "Step marked as done: Accept the peering request", "9"],
  ])
  expect(report.body.textContent).toContain("Marked, 24 Nov 2026, 08:51:48 by Olivia Marsh")
  expect(report.body.textContent).not.toMatch(/nobody acted|no entry/i)
})

test("Save report shows the newest 15 events, and the number and entries of earlier ones", async () => {
  mockBff.use(listOf([aws]))
  answerTimeline(Array.from({ length: 40 }, (_, index) => ({ ...act, sequence: 100 + index, kind: "event" })))
  const report = openReport(await saveReport())
  expect(readRows(report, "events").map(([, , , entry]) => entry)).toEqual(
    Array.from({ length: 15 }, (_, index) => `${125 + index}`),
  )
  expect(report.body.textContent).toContain("25 earlier, entries 100–124")
})

test("Save report writes invisible characters as codes", async () => {
  const { peer } = aws
  const odd = {
    ...aws,
    label: "Orders\u202egnp",
    createReason: "PAY-212\u0000\u2066",
    peer: { ...peer, vpcId: "vpc-\u202e1\u0015;id" } as typeof peer,
  }
  mockBff.use(listOf([odd]))
  answerTimeline([act])
  const text = await saveReport()
  expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u)
  const report = openReport(text)
  expect(report.body.textContent).toContain("vpc-\\u{202E}1\\u{15};id")
  expect(report.body.textContent).toContain("Orders\\u{202E}gnp")
})

test("Save report says why there is no report when something can't be read", async () => {
  mockBff.use(listOf([aws]), refuse(apiUrls.timeline(projectId, aws.id), "store_unavailable"))
  const { user } = openApp(pagePaths.connection(projectId, aws.id))
  await user.click(await screen.findByRole("button", { name: /^More actions/ }))
  await user.click(screen.getByRole("menuitem", { name: "Save report", hidden: true }))
  await waitFor(() => expect(screen.getByText(/^No report: /)).toBeVisible())
})

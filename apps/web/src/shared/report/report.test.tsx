import { apiUrls, type Timeline } from "@peering-desk/shared-schemas"
import { screen, waitFor } from "@testing-library/react"
import { expect, test, vi } from "vitest"
import { answer, listOf, mockBff, refuse } from "#mock-bff/mock-bff.ts"
import { openApp, useMockBff } from "#mock-bff/open-app.tsx"
import { makePeering, projectId } from "#mock-bff/samples.ts"
import { pagePaths } from "#shared/page-paths.ts"

useMockBff()

const hash = "ab".repeat(32)
const aws = {
  ...makePeering("AWS", { status: "PENDING_ACCEPTANCE" }),
  origin: "created-here" as const,
  createdBy: "Tom Reed",
  createReason: "PAY-212 <b>urgent</b>",
}
const timeline: Timeline = {
  peeringId: aws.id,
  providerName: "AWS",
  lookEverySeconds: 60,
  observations: [],
  gaps: [],
  acts: [
    {
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
    },
  ],
}

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

test("Save report makes one file with who asked and why, the plan, and audit entries with hash and checkpoint", async () => {
  mockBff.use(
    listOf([aws]),
    answer(apiUrls.timeline(projectId, aws.id), timeline),
    answer(apiUrls.auditCheckpoint(), { checkpoint: "2.7.checkpoint" }),
  )
  const report = openReport(await saveReport())
  const text = report.body.textContent
  expect(text).toContain("Requested byTom Reed")
  expect(text).toContain("PAY-212 <b>urgent</b>")
  expect(text).toContain("Acts nextThe network owner")
  expect(text).toContain(hash)
  expect(text).toContain("2.7.checkpoint")
  expect(report.querySelector(".plan pre")?.textContent).toContain("aws ec2")
  expect(report.querySelectorAll("script, link, img, b")).toHaveLength(0)
  expect(report.querySelector("meta[http-equiv]")?.getAttribute("content")).toContain("default-src 'none'")
})

test("Save report of a connection without audit entries does not claim that nobody acted", async () => {
  mockBff.use(
    listOf([{ ...aws, steps: { accept: { by: "Olivia Marsh", at: "2026-11-28T21:51:48.000Z" } } }]),
    answer(apiUrls.timeline(projectId, aws.id), { ...timeline, acts: [] }),
    answer(apiUrls.auditCheckpoint(), { checkpoint: "2.7.checkpoint" }),
  )
  const text = openReport(await saveReport()).body.textContent
  expect(text).toContain("Audit entriesThe audit log has no entry about this connection.")
  expect(text).not.toContain("Nobody acted")
})

test("Save report writes invisible characters as codes, and no command for a value that has some", async () => {
  const { peer } = aws
  const odd = {
    ...aws,
    label: "Orders\u202egnp",
    createReason: "PAY-212\u0000\u2066",
    peer: { ...peer, vpcId: "vpc-\u202e1\u0015;id" } as typeof peer,
  }
  mockBff.use(
    listOf([odd]),
    answer(apiUrls.timeline(projectId, aws.id), timeline),
    answer(apiUrls.auditCheckpoint(), { checkpoint: "2.7.checkpoint" }),
  )
  const text = await saveReport()
  expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u)
  const report = openReport(text)
  expect(report.body.textContent).toContain("vpc-\\u{202E}1\\u{15};id")
  expect(report.body.textContent).toContain("Orders\\u{202E}gnp")
  expect(report.body.textContent).toContain("contains control or invisible characters. No command is shown.")
  for (const { textContent } of report.querySelectorAll(".plan pre")) expect(textContent).not.toMatch(/^aws /)
})

test("Save report says why there is no report when something can't be read", async () => {
  mockBff.use(listOf([aws]), refuse(apiUrls.timeline(projectId, aws.id), "store_unavailable"))
  const { user } = openApp(pagePaths.connection(projectId, aws.id))
  await user.click(await screen.findByRole("button", { name: /^More actions/ }))
  await user.click(screen.getByRole("menuitem", { name: "Save report", hidden: true }))
  await waitFor(() => expect(screen.getByText(/^No report: /)).toBeVisible())
})

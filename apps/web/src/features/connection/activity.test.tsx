import { apiUrls, type Timeline } from "@peering-desk/shared-schemas"
import { screen, waitFor, within } from "@testing-library/react"
import { http } from "msw"
import { expect, test } from "vitest"
import { answer, listOf, mockBff, refuse } from "#mock-bff/mock-bff.ts"
import { openApp, useMockBff } from "#mock-bff/open-app.tsx"
import { inOneProject, makePeering, makeSession, projectId } from "#mock-bff/samples.ts"
import { pagePaths } from "#shared/page-paths.ts"

useMockBff()

const aws = makePeering("AWS", { status: "AVAILABLE" })

const act = {
  at: "2026-11-24T07:59:00.000Z",
  action: "peering-create",
  by: "Tom Reed",
  reason: "PAY-212",
  outcome: null,
  answerCode: null,
  attemptSequence: null,
  hash: "0".repeat(64),
}

const timeline: Timeline = {
  peeringId: aws.id,
  providerName: "AWS",
  lookEverySeconds: 60,
  observations: [
    {
      number: 1,
      at: "2026-11-24T08:00:00.000Z",
      after: null,
      what: "listed",
      status: "PENDING_ACCEPTANCE",
      turn: "you",
      raw: { statusName: "PENDING_ACCEPTANCE" },
    },
    {
      number: 2,
      at: "2026-11-24T09:30:00.000Z",
      after: "2026-11-24T09:29:50.000Z",
      what: "listed",
      status: "AVAILABLE",
      turn: "works",
      raw: { statusName: "AVAILABLE" },
    },
  ],
  gaps: [
    {
      from: "2026-11-24T08:30:00.000Z",
      until: "2026-11-24T09:00:00.000Z",
      why: "atlas",
      problem: "atlas_timeout",
    },
  ],
  acts: [
    { ...act, sequence: 7, kind: "attempt" },
    { ...act, sequence: 8, kind: "outcome", outcome: "done", attemptSequence: 7 },
  ],
}

async function openActivity() {
  mockBff.use(listOf([aws]), answer(apiUrls.timeline(projectId, aws.id), timeline))
  const app = openApp(pagePaths.connectionActivity(projectId, aws.id))
  return { ...app, list: within(await screen.findByRole("list", { name: "Activity" })) }
}

test("Activity keeps its rows when it can't be read again", async () => {
  const { openStream, queryClient, send } = await openActivity()
  await waitFor(openStream)
  let asked = 0
  mockBff.use(
    http.get(apiUrls.timeline(projectId, aws.id), () => {
      asked += 1
    }),
    refuse(apiUrls.timeline(projectId, aws.id), "internal_error", { status: 500 }),
  )
  const history = [...aws.history, { status: "PENDING_ACCEPTANCE", at: "2026-11-24T10:06:00.000Z" }]
  send({ event: "peering", data: { ...aws, label: "Orders", history } })
  await waitFor(() => expect([asked, queryClient.isFetching()]).toEqual([1, 0]))
  expect(screen.getByRole("heading", { level: 1 })).toHaveTextContent("Orders")
  expect(screen.getByRole("list", { name: "Activity" })).toBeVisible()
})

test("Activity lists status changes, gaps and actions once each, newest first [10] [29] [33]", async () => {
  const { list } = await openActivity()
  expect(list.getAllByRole("listitem").map(({ textContent }) => textContent)).toEqual([
    "09:30:00AvailableAVAILABLE RawAtlasobserved ±10 s",
    "08:30:00Atlas did not answer for 30 minatlas_timeoutPeering Deskuntil 09:00:00",
    "08:00:00Waiting for acceptancePENDING_ACCEPTANCE RawAtlasfirst observation",
    expect.stringMatching(/^07:59:00.*PAY-212Tom Reedaudit entry 7$/),
  ])
  expect(list.getByRole("link", { name: "audit entry 7" })).toHaveAttribute("href", pagePaths.auditRow(7))
})

test("Activity names the step that was marked and the container that was made", async () => {
  const acts = [
    { ...act, sequence: 9, kind: "event", action: "step-marked", step: "aws-security-group", reason: null },
    { ...act, sequence: 10, kind: "attempt", action: "container-create", reason: "room" },
    {
      ...act,
      sequence: 11,
      kind: "outcome",
      action: "container-create",
      outcome: "done",
      attemptSequence: 10,
      container: "10.64.0.0/21",
    },
  ]
  mockBff.use(listOf([aws]), answer(apiUrls.timeline(projectId, aws.id), { ...timeline, acts }))
  openApp(pagePaths.connectionActivity(projectId, aws.id))
  expect(await screen.findByText("security group")).toBeVisible()
  expect(screen.getByText("10.64.0.0/21 · room")).toBeVisible()
})

test("Each status change has its raw response on demand", async () => {
  const { user, list } = await openActivity()
  await user.click(list.getByRole("button", { name: "Raw API response: Waiting for acceptance" }))
  expect(list.getByText(/"statusName": "PENDING_ACCEPTANCE"/)).toBeVisible()
})

test("The time axis has a text alternative with the same spans and gaps", async () => {
  await openActivity()
  expect(screen.getByRole("img", { name: /^Waiting for acceptance 1 h 30/ })).toHaveAccessibleName(
    expect.stringMatching(/Available.*Atlas did not answer for 30/),
  )
})

test("Activity links to the audit log only for people who may read it", async () => {
  mockBff.use(answer(apiUrls.session(), makeSession(inOneProject("viewer"))))
  const { list } = await openActivity()
  expect(list.getByText("audit entry 7")).toBeVisible()
  expect(list.queryByRole("link")).toBeNull()
})

test("Activity that can't be read says why and offers to try again", async () => {
  mockBff.use(listOf([aws]), refuse(apiUrls.timeline(projectId, aws.id), "internal_error", { status: 500 }))
  openApp(pagePaths.connectionActivity(projectId, aws.id))
  expect(await screen.findByRole("button", { name: "Try again" })).toBeVisible()
})

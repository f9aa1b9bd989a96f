import { apiUrls } from "@peering-desk/shared-schemas"
import { screen, within } from "@testing-library/react"
import { expect, test } from "vitest"
import { runAudited, listOf, mockBff } from "#mock-bff/mock-bff.ts"
import { openApp, useMockBff } from "#mock-bff/open-app.tsx"
import { makePeering, projectId } from "#mock-bff/samples.ts"
import { pagePaths } from "#shared/page-paths.ts"

useMockBff()

async function openConnection(peering = makePeering("AWS")) {
  mockBff.use(listOf([peering]))
  const app = openApp(pagePaths.connection(projectId, peering.id))
  return { ...app, record: within(await screen.findByRole("region", { name: "What this server knows" })) }
}

test("a connection that was made elsewhere is told from one that was made here", async () => {
  const { record } = await openConnection()
  expect(record.getByText("Found in Atlas, made elsewhere")).toBeVisible()
})

test("the record says who requested a connection, and that it left AVAILABLE", async () => {
  const { record } = await openConnection(
    makePeering("AWS", {
      status: "FAILED",
      record: {
        origin: "created-here",
        createdBy: "Tom Reed",
        createdAt: "2026-11-24T09:00:00.000Z",
        leftAvailableAt: "2026-11-24T10:05:00.000Z",
      },
    }),
  )
  expect(record.getByText(/Tom Reed/)).toHaveTextContent("Tom Reed, 09:00")
  expect(record.getByText("It was available, and is not any more")).toBeVisible()
})

test.each([
  ["INITIATING", ["It was available, and was then started anew"]],
  ["PENDING_ACCEPTANCE", ["It was available, and was then started anew"]],
  ["TERMINATING", []],
])("a change by a person raises no alarm: %s", async (status, says) => {
  const leftAvailableAt = "2026-11-24T10:05:00.000Z"
  const { record } = await openConnection(makePeering("AWS", { status, record: { leftAvailableAt } }))
  expect(record.queryAllByText(/It was available/).map(({ textContent }) => textContent)).toEqual(says)
})

test("one that is gone after it had failed raises no alarm any more", async () => {
  const failed = makePeering("AWS", {
    status: "FAILED",
    record: { leftAvailableAt: "2026-11-24T10:05:00.000Z" },
  })
  const { record, openStream, send } = await openConnection(failed)
  await openStream()
  send({ event: "gone", data: { projectId, id: failed.id, at: "2026-11-24T10:08:00.000Z" } })
  expect(await screen.findByText("Atlas no longer lists this connection.")).toBeVisible()
  expect(record.queryByText(/It was available/)).toBeNull()
})

test("a connection gets a name of our own, for everybody", async () => {
  const peering = makePeering("AWS")
  const { user, record } = await openConnection(peering)
  const sent: unknown[] = []
  mockBff.use(
    runAudited(
      "put",
      apiUrls.peeringLabel(projectId, peering.id),
      { ...peering, label: "checkout prod" },
      (body) => sent.push(body),
    ),
  )
  await user.type(record.getByLabelText("Our name for it"), " checkout prod ")
  await user.click(record.getByRole("button", { name: "Save the name" }))
  expect(await screen.findByText("checkout prod · AWS · us-east-1")).toBeVisible()
  expect(sent).toEqual([{ label: "checkout prod" }])
})

test("a connection is given back as code in the tool of one's choice", async () => {
  const { user } = await openConnection()
  await user.click(screen.getByText("As code"))
  expect(await screen.findByText(/resource "mongodbatlas_network_peering"/)).toBeVisible()
  await user.click(screen.getByRole("button", { name: "curl" }))
  await user.click(screen.getByRole("button", { name: "Copy for curl: this connection" }))
  expect(await navigator.clipboard.readText()).toContain("vpc-0a1b2c3d4e5f60718")
})

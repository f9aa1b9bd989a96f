import { apiUrls } from "@peering-desk/shared-schemas"
import { fireEvent, screen, waitFor, within } from "@testing-library/react"
import { expect, test } from "vitest"
import { answer, mockBff, runAudited } from "#mock-bff/mock-bff.ts"
import { useMockBff } from "#mock-bff/open-app.tsx"
import { openConnection } from "#mock-bff/open-connection.ts"
import { inOneProject, makePeering, makeSession, projectId } from "#mock-bff/samples.ts"
import { pagePaths } from "#shared/page-paths.ts"

useMockBff()

const aws = makePeering("AWS")

const listActions = async (app: Awaited<ReturnType<typeof openConnection>>) => {
  const buttons = ["Share with owner", "Check now", "Edit", "Replace", "Delete…"].filter(
    (name) => screen.queryByRole("button", { name }) !== null,
  )
  await app.user.click(screen.getByRole("button", { name: /^More actions/ }))
  return {
    buttons,
    menu: screen.getAllByRole("menuitem", { hidden: true }).map(({ textContent }) => textContent),
  }
}

test.each([
  [
    "AWS",
    "PENDING_ACCEPTANCE",
    ["Share with owner", "Check now", "Edit"],
    ["Check now", "Code", "Save report", "Duplicate", "Delete…"],
  ],
  [
    "AWS",
    "AVAILABLE",
    ["Check now", "Edit"],
    ["Share with owner", "Code", "Save report", "Duplicate", "Delete…"],
  ],
  [
    "AWS",
    "FAILED",
    ["Edit", "Delete…"],
    ["Share with owner", "Check now", "Code", "Save report", "Duplicate"],
  ],
  [
    "GCP",
    "AVAILABLE",
    ["Check now", "Replace"],
    ["Share with owner", "Code", "Save report", "Duplicate", "Delete…"],
  ],
  ["AWS", "TERMINATING", ["Check now"], ["Share with owner", "Code", "Save report", "Duplicate"]],
] as const)("%s %s has its actions in the header [9]", async (cloud, status, buttons, menu) => {
  const app = await openConnection(makePeering(cloud, { status }))
  expect(await listActions(app)).toEqual({ buttons, menu })
})

test("A viewer sees why there are no actions and whom to ask, and no form or disabled button [22]", async () => {
  mockBff.use(answer(apiUrls.session(), makeSession(inOneProject("viewer"))))
  const app = await openConnection(makePeering("AWS", { status: "FAILED" }))
  expect(
    await screen.findByText(
      "Read-only. To change connections here, ask the platform team for the requester role.",
    ),
  ).toBeVisible()
  expect(await listActions(app)).toEqual({ buttons: [], menu: ["Check now", "Code", "Save report"] })
  expect(screen.getByText(/Your role can't change connections here/)).toBeVisible()
  expect(screen.queryByRole("button", { name: "Rename" })).toBeNull()
  const main = within(screen.getByRole("main"))
  expect(main.queryByRole("textbox")).toBeNull()
  expect(main.queryAllByRole("button").filter((button) => button.ariaDisabled === "true")).toEqual([])
})

test("A connection gets a display name in place, and the focus returns", async () => {
  const { user } = await openConnection()
  expect(screen.getByRole("heading", { level: 1 })).toHaveTextContent("vpc-0a1b2c3d4e5f60718")
  const sent: unknown[] = []
  mockBff.use(
    runAudited("put", apiUrls.peeringLabel(projectId, aws.id), { ...aws, label: "checkout-api" }, (body) =>
      sent.push(body),
    ),
  )
  await user.click(screen.getByRole("button", { name: "Rename" }))
  await user.type(screen.getByLabelText("Display name"), " checkout-api {Enter}")
  await waitFor(() => expect(screen.getByRole("heading", { level: 1 })).toHaveTextContent("checkout-api"))
  expect(sent).toEqual([{ label: "checkout-api" }])
  expect(screen.getByRole("button", { name: "Rename" })).toHaveFocus()
})

test("Escape leaves the display name as it was, which stays in the breadcrumb meanwhile", async () => {
  const { user } = await openConnection({ ...aws, label: "checkout-api" })
  await user.click(screen.getByRole("button", { name: "Rename" }))
  expect(screen.getByRole("navigation", { name: "Breadcrumb" })).toHaveTextContent(
    /payments-prod\/checkout-api$/,
  )
  const name = screen.getByLabelText("Display name")
  await user.type(name, "-2")
  // It ends what an input method is composing.
  fireEvent.keyDown(name, { key: "Escape", isComposing: true })
  expect(name).toBeInTheDocument()
  await user.keyboard("{Escape}")
  expect(screen.getByRole("heading", { level: 1 })).toHaveTextContent("checkout-api")
  expect(screen.getByRole("button", { name: "Rename" })).toHaveFocus()
})

test("A display name that the server refuses says why beside the field", async () => {
  const { user } = await openConnection()
  const problem = {
    code: "invalid_request",
    status: 400,
    fields: { label: "Use at most 80 characters" },
  } as const
  mockBff.use(runAudited("put", apiUrls.peeringLabel(projectId, aws.id), { problem }))
  await user.click(screen.getByRole("button", { name: "Rename" }))
  await user.type(screen.getByLabelText("Display name"), "x{Enter}")
  expect(await screen.findByRole("alert")).toHaveTextContent("Use at most 80 characters")
})

test("Header and details say who requested a connection, and why", async () => {
  const record = {
    origin: "created-here",
    createdBy: "Tom Reed",
    createdAt: "2026-11-24T09:00:00.000Z",
    createReason: "PAY-212 checkout reads",
  } as const
  await openConnection(makePeering("AWS", { record }))
  const details = screen.getByRole("region", { name: "Details" })
  expect(details).toHaveTextContent("ByTom Reed")
  expect(details).toHaveTextContent("ReasonPAY-212 checkout reads")
  expect(screen.getByText(/Requested by Tom Reed/)).toHaveTextContent("Requested by Tom Reed, 09:00")
})

test("An imported connection says so", async () => {
  await openConnection()
  expect(screen.getByText(/^Imported from Atlas, first observed/)).toBeVisible()
})

test("Views have addresses of their own and keep the page", async () => {
  const { user } = await openConnection()
  const heading = screen.getByRole("heading", { level: 1 })
  await user.click(screen.getByRole("link", { name: "Code" }))
  expect(location.pathname).toBe(pagePaths.connectionCode(projectId, aws.id))
  expect(await screen.findByText(/resource "mongodbatlas_network_peering"/)).toBeVisible()
  await user.click(screen.getByRole("button", { name: "curl" }))
  await user.click(screen.getByRole("button", { name: "Copy for curl: this connection" }))
  expect(await navigator.clipboard.readText()).toContain("vpc-0a1b2c3d4e5f60718")
  expect(screen.getByRole("heading", { level: 1 })).toBe(heading)
})

test("curl calls Atlas for Government where the server does", async () => {
  const installation = { atlasHost: "cloud.mongodbgov.com", realAtlas: true, peersPerProject: 50 }
  mockBff.use(answer(apiUrls.installation(), installation))
  const { user } = await openConnection()
  await user.click(screen.getByRole("link", { name: "Code" }))
  await user.click(await screen.findByRole("button", { name: "curl" }))
  await user.click(screen.getByRole("button", { name: "Copy for curl: this connection" }))
  expect(await navigator.clipboard.readText()).toContain("https://cloud.mongodbgov.com/api/")
})

test("Duplicate opens the form with every value, the region that Atlas leaves out too", async () => {
  const { user } = await openConnection()
  await user.click(screen.getByRole("button", { name: /^More actions/ }))
  // The form takes the values out of its address as soon as it has loaded.
  const opened: string[] = []
  const note = () => opened.push(`${location.pathname}${location.search}`)
  addEventListener("pushState", note, { once: true, capture: true })
  await user.click(screen.getByRole("menuitem", { name: "Duplicate", hidden: true }))
  expect(opened).toEqual([
    `${pagePaths.newConnection(projectId)}?provider=AWS&awsAccountId=123456789012&accepterRegionName=us-east-1&vpcId=vpc-0a1b2c3d4e5f60718&routeTableCidrBlock=10.20.0.0%2F16&container=507f1f77bcf86cd799439011`,
  ])
})

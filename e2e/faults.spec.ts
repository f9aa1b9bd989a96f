import { createButton, fillForm, openForm } from "./new-connection.ts"
import { expect, projects, test } from "./story.ts"

const posts = { method: "POST", path: "/peers" }

test("what is wrong is said at its field, and the first of them has the focus", async ({ page, desk }) => {
  await openForm(page, desk.url, projects.documentation, "AWS")
  await fillForm(page, "AWS")
  await page.getByLabel("AWS account ID").fill("48291357026")
  await page.getByLabel("VPC ID", { exact: true }).fill("pcx-0a1b2c3d4e5f60718")
  await createButton(page).click()

  // At its field and in the verdict beside the form.
  await expect(page.getByText("An AWS account ID has 12 digits; this has 11")).toHaveCount(2)
  await expect(page.getByText(/This is an AWS peering id/).first()).toBeVisible()
  await expect(page.getByLabel("AWS account ID")).toBeFocused()
  await expect(page.getByLabel("VPC ID", { exact: true })).toHaveAttribute("aria-invalid", "true")
  expect(await desk.simulator.peers(projects.documentation)).toEqual([])
})

test("Atlas's own refusal lands on the field it is about, in Atlas's words", async ({ page, desk }) => {
  await openForm(page, desk.url, projects.documentation, "AWS")
  await fillForm(page, "AWS")
  await page.getByLabel("VPC CIDR").fill("10.8.0.0/16")
  await createButton(page).click()

  await expect(page.getByText("OVERLAPPING_ATLAS_CIDR_BLOCK")).toBeVisible()
  await expect(page.getByLabel("VPC CIDR")).toHaveAttribute("aria-invalid", "true")
  await expect(page.getByLabel("VPC ID", { exact: true })).toHaveValue("vpc-0a1b2c3d4e5f60718")
})

for (const [what, fault, words] of [
  [
    "an HTML page",
    { status: 400, body: "<html>Bad gateway</html>" },
    /cannot be read|can't be read|refused/i,
  ],
  ["a full stop for a minute", { status: 429, retryAfter: 30 }, /pause|too many|wait/i],
  ["a refused key", { revokeKey: "canaryke" }, /key/i],
] as const) {
  test(`when Atlas answers with ${what}, the form says so and keeps everything`, async ({ page, desk }) => {
    await openForm(page, desk.url, projects.documentation, "GCP")
    await fillForm(page, "GCP")
    await desk.simulator.addFault({ match: posts, fault, times: 1 })
    await createButton(page).click()

    await expect(page.getByRole("alert").getByText(words).first()).toBeVisible()
    await expect(page.getByRole("alert").getByText(/request id/i)).toBeVisible()
    await expect(page.getByLabel("VPC network name")).toHaveValue("checkout")
  })
}

test("a create whose answer is lost is found, not sent again", async ({ page, desk }) => {
  await openForm(page, desk.url, projects.documentation, "AWS")
  await fillForm(page, "AWS")
  await desk.simulator.addFault({ match: posts, fault: { cut: "after" }, times: 1 })
  await createButton(page).click()

  await expect(page.getByRole("heading", { level: 1 })).toHaveText("vpc-0a1b2c3d4e5f60718")
  expect(await desk.simulator.peers(projects.documentation)).toHaveLength(1)
})

test("a create that may or may not have worked is called neither, and can be checked again", async ({
  page,
  desk,
}) => {
  await openForm(page, desk.url, projects.documentation, "AWS")
  await fillForm(page, "AWS")
  await desk.simulator.addFault({ match: posts, fault: { cut: "before" }, times: 1 })
  await createButton(page).click()

  await expect(page.getByRole("button", { name: "Check again" })).toBeVisible()
  await page.getByRole("button", { name: "Check again" }).click()
  await expect(page.getByRole("button", { name: "Check again" })).toBeVisible()
  expect(await desk.simulator.peers(projects.documentation)).toEqual([])
})

test("when the server goes away the page says so, and it catches up when it is back", async ({
  page,
  desk,
}) => {
  const peers = await desk.simulator.peers(projects.payments)
  const waiting = peers.find(
    ({ status, providerName }) => status === "PENDING_ACCEPTANCE" && providerName === "AWS",
  )
  await page.goto(`${desk.url}/projects/${projects.payments}/connections/${waiting?.id}`)
  await expect(page.getByText("Your turn: accept in AWS")).toBeVisible()
  await expect(page.getByText("Live", { exact: true })).toBeVisible()

  await desk.stopServer()
  await expect(page.getByText(/reconnecting|stale/i).first()).toBeVisible()
  await expect(page.getByText("Your turn: accept in AWS")).toBeVisible()

  await desk.simulator.act(waiting?.id ?? "", "reject")
  await desk.startServer()
  await expect(page.getByText("Live", { exact: true })).toBeVisible()
  await expect(page.getByText("Failed", { exact: true }).first()).toBeVisible()
})

test("a connection that Atlas no longer lists keeps its last known values", async ({ page, desk }) => {
  const peers = await desk.simulator.peers(projects.payments)
  const closing = peers.find(({ status }) => status === "TERMINATING")
  await page.goto(`${desk.url}/projects/${projects.payments}/connections/${closing?.id}`)
  await expect(page.getByText("Being removed").first()).toBeVisible()
  const title = (await page.getByRole("heading", { level: 1 }).textContent()) ?? ""

  await desk.simulator.advance(120)
  await expect(page.getByText(/no longer lists/i).first()).toBeVisible()
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(title)
})

test("unknown pages, projects and connections are answered calmly", async ({ page, desk }) => {
  await page.goto(`${desk.url}/nowhere`)
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible()
  await page.goto(`${desk.url}/projects/0123456789abcdef01234567/connections`)
  await expect(page.getByText(/no such project/i).first()).toBeVisible()
  await page.goto(`${desk.url}/projects/${projects.payments}/connections/0123456789abcdef01234567`)
  await expect(page.getByText(/no such|no connection/i).first()).toBeVisible()
})

import { expectAccessible, expectGoodInEveryView } from "./accessible.ts"
import { createButton, fillForm, openForm } from "./new-connection.ts"
import { drawInBrowser, expect, projects, signIn, test } from "./scenario.ts"

test.describe("nobody is signed in", () => {
  test.use({ persona: null })

  test("a page asks for sign-in and opens after it; five tabs that sign in at once all open", async ({
    page,
    app,
    context,
  }) => {
    const wanted = `${app.url}/projects/${projects.payments}/connections`
    await page.goto(wanted)
    await expect(page.getByRole("heading", { name: "Peering Desk" })).toBeVisible()
    await expect(page.getByText("You'll return to")).toBeVisible()
    await expectGoodInEveryView(page)
    await page.getByRole("link", { name: "Continue with SSO" }).click()
    await page.getByRole("button", { name: "Olivia Marsh" }).click()
    await expect(page).toHaveURL(wanted)
    await expect(page.getByRole("heading", { name: "Connections", exact: true })).toBeVisible()

    // The provider's own session stays.
    await context.clearCookies({ name: /^peering-desk/ })
    const tabs = await Promise.all(Array.from({ length: 5 }, () => context.newPage()))
    await Promise.all(tabs.map((tab) => tab.goto(`${app.url}/sign-in?return=${new URL(wanted).pathname}`)))
    for (const tab of tabs) {
      await expect(tab).toHaveURL(wanted)
      await expect(tab.getByRole("heading", { name: "Connections", exact: true })).toBeVisible()
    }
    const audit = await page.request.get(`${app.url}/api/audit`)
    const { rows } = (await audit.json()) as { rows: { action: string }[] }
    const actions = rows.map(({ action }) => action)
    expect([actions.includes("sign-in"), actions.includes("sign-in-refused")]).toEqual([true, false])
  })
})

test(
  "a session that is checked or ended elsewhere keeps the draft and the page",
  { tag: "@postgres" },
  async ({ page, app, browser }) => {
    await openForm(page, app.url, projects.documentation, "AWS")
    await fillForm(page, "AWS")
    const confirmed: string[] = []
    page.on("request", (request) => confirmed.push(...(/\/sign-in\?.*/.exec(request.url()) ?? [])))
    const due = { type: "", title: "", status: 401, code: "check_due", requestId: "-" }
    let isDue = true
    // It stays on: a navigation that is under way while Playwright ends it hangs.
    await page.route("**/api/session", (route) => {
      if (!isDue) return route.continue()
      isDue = false
      return route.fulfill({ status: 401, json: due })
    })
    await drawInBrowser(page, app.url)
    await page.reload()
    await expect(page.getByLabel("VPC ID", { exact: true })).toHaveValue("vpc-0a1b2c3d4e5f60718")
    expect(confirmed).toHaveLength(1)

    const other = await (await browser.newContext()).newPage()
    await signIn(other, app.url, "Olivia Marsh")
    await other.goto(`${app.url}/sessions`)
    await other
      .getByRole("button", { name: /^End session of / })
      .first()
      .click()
    await other.getByRole("dialog").getByRole("button", { name: "End session" }).click()

    await expect(page.getByText("Your session ended").first()).toBeVisible()
    await page.getByRole("link", { name: "Sign in again" }).click()
    await page.getByRole("button", { name: "Olivia Marsh" }).click()
    await expect(page.getByLabel("VPC ID", { exact: true })).toHaveValue("vpc-0a1b2c3d4e5f60718")
    await createButton(page).click()
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("vpc-0a1b2c3d4e5f60718")
    await other.context().close()
  },
)

test("each persona sees what their role allows, and whom to ask for more", async ({ browser, app }) => {
  const as = async (persona: string, path: string) => {
    const page = await (await browser.newContext()).newPage()
    await signIn(page, app.url, persona)
    await page.goto(`${app.url}${path}`)
    return page
  }
  const connections = `/projects/${projects.payments}/connections`

  const viewer = await as("Victor Lund", connections)
  await expect(viewer.getByText("vpc-078ac381aa90e1e63").first()).toBeVisible()
  await expect(viewer.getByText(/ask Olivia Marsh/i).first()).toBeVisible()
  await expectAccessible(viewer)
  await viewer.goto(`${app.url}/address-space`)
  await viewer.getByRole("button", { name: /Find a free/ }).click()
  await expect(viewer.getByText("Only people who can create connections can use this CIDR.")).toBeVisible()

  const requester = await as("Nadia Brandt", connections)
  await expect(requester.getByRole("link", { name: "New connection" })).toBeVisible()
  await requester.goto(`${app.url}/projects/${projects.documentation}/connections`)
  await expect(requester.getByText("Project not found").first()).toBeVisible()

  const auditor = await as("Sam Okafor", "/audit")
  await expect(auditor.getByRole("row").getByText("Signed in").first()).toBeVisible()
  await auditor.goto(`${app.url}${connections}`)
  await expect(auditor.getByRole("link", { name: "Open audit log" })).toBeVisible()
  await expectAccessible(auditor)

  const stranger = await as("Greta Silva", "/")
  await expect(stranger.getByRole("heading", { name: "You don't have access yet" })).toBeVisible()
  await expect(stranger.getByText(/Olivia Marsh/).first()).toBeVisible()
  await expectGoodInEveryView(stranger)
})

test(
  "a create is in the audit log with its reason, and the log verifies",
  { tag: "@postgres" },
  async ({ page, app }) => {
    await openForm(page, app.url, projects.documentation, "GCP")
    await fillForm(page, "GCP")
    await createButton(page).click()
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("checkout")

    await page.goto(`${app.url}/audit`)
    await expect(page.getByText("PAY-212 checkout reads the ledger").first()).toBeVisible()
    await page.getByRole("button", { name: "Verify integrity" }).click()
    await expect(page.getByText(/^Verified: \d+ entries, no changes/)).toBeVisible()
    await expectGoodInEveryView(page)
  },
)

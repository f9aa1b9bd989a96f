import type { Page } from "@playwright/test"
import { expectGoodInEveryView, expectNoSidewaysScroll } from "./accessible.ts"
import { createButton, fillForm, openForm } from "./new-connection.ts"
import { drawInBrowser, expect, projects, test } from "./scenario.ts"

/** A printed list has its rows and no control. */
async function expectPrintable(page: Page): Promise<void> {
  await page.emulateMedia({ media: "print" })
  await expect(page.getByRole("table")).toBeVisible()
  await expect(page.getByRole("searchbox").first()).toBeHidden()
  await expect(page.getByRole("navigation", { name: "Pages" })).toBeHidden()
  await expect(page.locator("button:visible")).toHaveCount(0)
  await expect(page.getByRole("link", { name: /^(Export|New connection)/ })).toHaveCount(0)
  await page.emulateMedia({ media: "screen" })
}

for (const [cloud, stateCount] of [
  ["AWS", 6],
  ["GCP", 4],
  ["AZURE", 4],
] as const) {
  test(`every state of a connection on ${cloud} is accessible`, async ({ page, app }) => {
    const ofCloud = app.simulator
      .peers(projects.payments)
      .filter(({ providerName }) => providerName === cloud)
    const oneOfEach = new Map(ofCloud.map(({ id, status }) => [status, id]))
    expect(oneOfEach.size).toBe(stateCount)
    for (const id of oneOfEach.values()) {
      await page.goto(`${app.url}/projects/${projects.payments}/connections/${id}`)
      await expect(page.getByText("Atlas peer id")).toBeVisible()
      await expectGoodInEveryView(page)
    }
  })
}

test("a declined connection, and one with a status that nobody knows, are accessible", async ({
  page,
  app,
}) => {
  const headers = { "x-peering-desk": "1", "content-type": "application/json", origin: app.url }
  const ofAws = app.simulator.peers(projects.payments).filter(({ providerName }) => providerName === "AWS")
  const [waiting, works] = ["PENDING_ACCEPTANCE", "AVAILABLE"].map(
    (status) => ofAws.find((peer) => peer.status === status)?.id,
  )
  const made = await page.request.post(
    `${app.url}/api/projects/${projects.payments}/peerings/${waiting}/hand-offs`,
    { headers, data: { expiresInHours: 24 } },
  )
  const { token } = (await made.json()) as { token: string }
  await page.request.post(`${app.url}/api/hand-off/decline`, {
    headers: { ...headers, authorization: `Bearer ${token}` },
    data: { reason: "Not our network" },
  })
  await page.goto(`${app.url}/projects/${projects.payments}/connections/${waiting}`)
  await expect(page.getByText("Declined by owner").first()).toBeVisible()
  await expectGoodInEveryView(page)

  const list = await page.request.get(`${app.url}/api/projects/${projects.payments}/peerings`)
  const { peerings } = (await list.json()) as {
    peerings: { id: string; peer: { providerName: string }; raw: object }[]
  }
  const results = peerings
    .filter(({ peer }) => peer.providerName === "AWS")
    .map(({ id, raw }) => (id === works ? { ...raw, statusName: "SUSPENDED" } : raw))
  app.simulator.addFault({
    match: { method: "GET", path: `${projects.payments}/peers?providerName=AWS` },
    fault: { status: 200, body: { results, totalCount: results.length } },
  })
  await page.goto(`${app.url}/projects/${projects.payments}/connections/${works}`)
  await expect(page.getByText("Unknown status").first()).toBeVisible({ timeout: 30_000 })
  await expectGoodInEveryView(page)
})

test("lists are accessible: full, filtered, empty, refused and loading", async ({ page, app }) => {
  await page.goto(`${app.url}/projects/${projects.payments}/connections`)
  await expect(page.getByText("Live", { exact: true })).toBeVisible()
  await expectGoodInEveryView(page)
  await expectPrintable(page)
  await page.getByRole("searchbox").first().fill("nothing has this name")
  await expect(page.getByText(/nothing has this name/).first()).toBeVisible()
  await expectGoodInEveryView(page)
  await page.goto(`${app.url}/projects/${projects.emptySandbox}/connections`)
  await expect(page.getByText("No connections yet")).toBeVisible()
  await expectGoodInEveryView(page)
  await page.goto(`${app.url}/projects/${projects.longName}/connections`)
  await expect(page.getByText("No connections yet")).toBeVisible()
  await expectGoodInEveryView(page)
  await page.goto(`${app.url}/projects/0123456789abcdef01234567/connections`)
  await expect(page.getByText(/project not found/i).first()).toBeVisible()
  await expectGoodInEveryView(page)
  await page.goto(`${app.url}/nowhere`)
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible()
  await expectGoodInEveryView(page)
  await drawInBrowser(page, app.url)
  await page.route("**/api/**", () => {})
  await page.goto(`${app.url}/projects/${projects.payments}/connections`)
  await expect(page.getByText(/Loading connections|Still waiting/)).toBeVisible()
  await expectGoodInEveryView(page)
})

test("the audit log, keys and sessions pages are accessible", async ({ page, app }) => {
  await page.goto(`${app.url}/audit`)
  await expect(page.getByRole("row").getByText("Signed in").first()).toBeVisible()
  await expectGoodInEveryView(page)
  await expectPrintable(page)
  await page.getByRole("button", { name: "Verify integrity" }).click()
  await expect(page.getByText(/^Verified: /)).toBeVisible()
  await expectGoodInEveryView(page)
  await page.goto(`${app.url}/audit/1`)
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible()
  await expectGoodInEveryView(page)
  await page.goto(`${app.url}/keys`)
  await expect(page.getByRole("table", { name: "Atlas keys" }).getByText("Works")).toBeVisible()
  await expectGoodInEveryView(page)
  await page.goto(`${app.url}/sessions`)
  await expect(page.getByText("This browser").first()).toBeVisible()
  await expectGoodInEveryView(page)
  // The head of the table has no room there, so each cell has its title.
  await page.setViewportSize({ width: 320, height: 800 })
  const address = page.getByRole("cell", { name: "127.0.0.1" }).first()
  expect(await address.evaluate((cell) => getComputedStyle(cell, "::before").content)).toMatch(/^"Address"/)
})

test("the spacing of text that WCAG 1.4.12 names hides nothing in a window of 320 pixels", async ({
  page,
  app,
}) => {
  await page.setViewportSize({ width: 320, height: 640 })
  const { id } = app.simulator.peers(projects.payments)[0] ?? {}
  const list = `${app.url}/projects/${projects.payments}/connections`
  for (const address of [app.url, list, `${list}/${id}`]) {
    await page.goto(address)
    await expect(page.getByText(/\d+ (s|min) ago$/).first()).toBeVisible()
    await page.evaluate(() => {
      const spaced = new CSSStyleSheet()
      spaced.replaceSync(
        "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }",
      )
      document.adoptedStyleSheets = [spaced]
    })
    await expectNoSidewaysScroll(page)
    const names = page.getByRole("heading", { name: /^Security group/ })
    for (const name of await names.all())
      expect(await name.evaluate((box) => box.scrollWidth - box.clientWidth)).toBe(0)
  }
})

test.describe("an auditor on a phone", () => {
  test.use({ persona: "Sam Okafor", viewport: { width: 390, height: 844 } })

  test("reads the audit log in compact rows, with the names of projects", async ({ page, app }) => {
    await page.request.get(`${app.url}/api/projects/${projects.payments}/peerings`)
    await page.goto(`${app.url}/audit`)
    const rows = page.getByRole("table", { name: "Audit log" }).getByRole("row")
    const refused = rows.filter({ hasText: "Access denied" }).first()
    await expect(refused).toContainText("payments-prodSam OkaforNeeds viewer")
    await expect(refused).not.toContainText("/api/")
    const heights = await rows.evaluateAll((all) =>
      all.slice(1).map((row) => row.getBoundingClientRect().height),
    )
    expect(Math.min(...heights)).toBeGreaterThanOrEqual(44)
    expect(Math.max(...heights)).toBeLessThanOrEqual(100)
    await expectGoodInEveryView(page)
  })
})

test("the create form is accessible: empty, with every error, with a problem, without a container", async ({
  page,
  app,
}) => {
  for (const cloud of ["AWS", "GCP", "AZURE"] as const) {
    await openForm(page, app.url, projects.documentation, cloud)
    await expectGoodInEveryView(page)
    await createButton(page).click()
    // The errors of the form come after that of the reason; the focus goes to the first one last, and scrolls there.
    await expect(page.locator("[aria-invalid=true]").first()).toBeFocused()
    await expectGoodInEveryView(page)
  }
  // The last cloud is Azure, which has steps to do first.
  await fillForm(page, "AZURE")
  await page.getByRole("button", { name: "View as code" }).click()
  await expect(page.getByRole("radio", { name: "Azure CLI", exact: true })).toBeVisible()
  await expect(page.getByRole("button", { name: "Atlas CLI", exact: true })).toBeVisible()
  await expectGoodInEveryView(page)
  await page.goto(`${app.url}/projects/${projects.emptySandbox}/connections/new`)
  await expect(page.getByText(/This project has no AWS container yet/)).toBeVisible()
  await expectGoodInEveryView(page)
})

import { writeFileSync } from "node:fs"
import type { Browser, Page } from "@playwright/test"
import { expectAccessible } from "./accessible.ts"
import { act } from "./connection-page.ts"
import { createButton, fillForm, openForm } from "./new-connection.ts"
import { expect, projects, test } from "./scenario.ts"

/** Saves what a menu item makes, and returns where it is. */
async function save(page: Page, click: () => Promise<void>, path: string): Promise<string> {
  const [download] = await Promise.all([page.waitForEvent("download"), click()])
  await download.saveAs(path)
  return download.suggestedFilename()
}

/** Opens a file from disk in a browser that has no network and runs no script. */
async function openFromDisk(browser: Browser, path: string, colorScheme: "light" | "dark"): Promise<Page> {
  const context = await browser.newContext({ offline: true, colorScheme })
  const file = await context.newPage()
  file.on("request", (request) => expect(request.url()).toMatch(/^file:/))
  await file.goto(`file://${path}`)
  return file
}

function countPages(pdf: Buffer): number {
  return pdf.toString("latin1").match(/\/Type\s*\/Page\b/g)?.length ?? 0
}

test("a report of a connection opens from disk, prints on A4, and its checkpoint verifies", async ({
  page,
  app,
  browser,
}, testInfo) => {
  await openForm(page, app.url, projects.documentation, "AWS")
  await fillForm(page, "AWS")
  await createButton(page).click()
  await expect(page.getByText("Atlas is creating the request in AWS.")).toBeVisible()
  app.simulator.advance(60)
  await expect(page.getByText("Account 4829 1357 0264 must accept")).toBeVisible()
  const path = testInfo.outputPath("report.html")
  expect(await save(page, () => act(page, "Save report"), path)).toBe(
    "connection-report-vpc-0a1b2c3d4e5f60718.html",
  )

  const file = await openFromDisk(browser, path, "light")
  await expect(file.getByRole("heading", { level: 1 })).toHaveText("Connection report")
  await expect(file.getByRole("heading", { level: 2 })).toHaveText("vpc-0a1b2c3d4e5f60718")
  await expect(file.getByText("PAY-212 checkout reads the ledger").first()).toBeVisible()
  await expect(file.locator(".path li")).toHaveCount(7)
  await expect(file.locator(".path li").filter({ hasText: "Peering" })).toContainText(
    /Owner must acceptAtlas/,
  )
  await expect(file.locator("script, link, img, iframe, pre")).toHaveCount(0)
  await expectAccessible(file)
  await file.setViewportSize({ width: 320, height: 700 })
  expect(await file.evaluate(() => document.documentElement.scrollWidth)).toBe(320)

  const [sequence, hash] = (
    await file
      .locator("table.events tr")
      .filter({ hasText: "Create connection" })
      .getByRole("cell")
      .allInnerTexts()
  ).slice(-2)
  const entry = (await (await page.request.get(`${app.url}/api/audit/${sequence}`)).json()) as {
    rows: { sequence: number; hash: string }[]
  }
  const shortened = entry.rows.map((row) => [
    `${row.sequence}`,
    `${row.hash.slice(0, 8)}…${row.hash.slice(-4)}`,
  ])
  expect(shortened).toContainEqual([sequence, hash])
  const checkpoint = await file.locator("footer code").innerText()
  await page.goto(`${app.url}/audit`)
  const verified = await page.request.get(
    `${app.url}/api/audit/verify?head=${encodeURIComponent(checkpoint)}`,
  )
  expect(await verified.json()).toMatchObject({ verdict: "verified", heads: [{ verdict: "agrees" }] })

  for (const scheme of ["light", "dark"] as const) {
    const printed = await openFromDisk(browser, path, scheme)
    await printed.emulateMedia({ media: "print", colorScheme: scheme })
    const ink = await printed.evaluate(() => getComputedStyle(document.body).color)
    expect(ink, `${scheme} prints dark on white`).toBe("rgb(15, 32, 39)")
    const pdf = await printed.pdf({ preferCSSPageSize: true })
    writeFileSync(testInfo.outputPath(`report-${scheme}.pdf`), pdf)
    // 210 by 297 mm in points.
    expect(pdf.toString("latin1")).toMatch(/\/MediaBox \[0 0 59[45]\.?\d* 84[12]\.?\d*\]/)
    expect(countPages(pdf)).toBeLessThanOrEqual(2)
  }
})

test("a report of a filtered list has a summary and each connection", async ({
  page,
  app,
  browser,
}, testInfo) => {
  await page.goto(`${app.url}/connections?status=failed`)
  const table = page.getByRole("table", { name: "Connections of all projects" })
  await expect(table.getByRole("row").nth(1)).toContainText(/Rejected|Expired|Refused|not found|overlap/)
  const shown = (await table.getByRole("row").count()) - 1
  const path = testInfo.outputPath("report.html")
  await page.getByRole("button", { name: "Export" }).click()
  await save(page, () => page.getByRole("menuitem", { name: "Save report" }).click(), path)
  const file = await openFromDisk(browser, path, "dark")
  await expect(file.getByRole("heading", { level: 1 })).toHaveText(`Connection report: ${shown} connections`)
  await expect(file.getByRole("table").first().getByRole("row")).toHaveCount(shown + 1)
  await expect(file.getByRole("heading", { level: 3, name: "Plan" })).toHaveCount(shown)
  await expectAccessible(file)
  await file.setViewportSize({ width: 320, height: 700 })
  expect(await file.evaluate(() => document.documentElement.scrollWidth)).toBe(320)
  await expectAccessible(file)
})

test("a report with names and reasons of 200 characters and many events prints on two pages", async ({
  page,
  app,
  browser,
}, testInfo) => {
  const peers = app.simulator.peers(projects.payments)
  const { id } =
    peers.find(({ providerName, status }) => providerName === "AZURE" && status === "AVAILABLE") ?? {}
  const url = `${app.url}/api/projects/${projects.payments}/peerings/${id}`
  const headers = { "x-peering-desk": "1", "content-type": "application/json", origin: app.url }
  const label = `${"الطلبات إلى دفتر الأستاذ ".repeat(4)}${"orders-to-ledger-".repeat(4)}`.slice(0, 80).trim()
  expect((await page.request.put(`${url}/label`, { headers, data: { label } })).status()).toBe(200)
  for (let round = 0; round < 12; round += 1)
    for (const done of [true, false])
      await page.request.put(`${url}/steps/azure-network-security-group`, { headers, data: { done } })
  await page.goto(`${app.url}/projects/${projects.payments}/connections/${id}`)
  const path = testInfo.outputPath("report.html")
  await save(page, () => act(page, "Save report"), path)
  const file = await openFromDisk(browser, path, "light")
  await expect(file.locator("table.events tbody tr")).toHaveCount(15)
  await expect(file.getByText(/^\d+ earlier, entries \d+–\d+$/)).toBeVisible()
  expect(countPages(await file.pdf({ preferCSSPageSize: true }))).toBeLessThanOrEqual(2)
})

test("a report whose script doesn't load says so, and is saved once it does", async ({
  page,
  app,
}, testInfo) => {
  await page.goto(`${app.url}/connections`)
  const saveReport = async () => {
    await page.getByRole("button", { name: "Export" }).click()
    await page.getByRole("menuitem", { name: "Save report" }).click()
  }
  await page.route("**/save-report*.js", (route) => route.abort())
  await saveReport()
  await expect(page.getByText("No report: its script didn't load.")).toBeVisible()
  await page.unroute("**/save-report*.js")
  expect(await save(page, saveReport, testInfo.outputPath("report.html"))).toMatch(/\.html$/)
})

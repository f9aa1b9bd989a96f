import type { Page } from "@playwright/test"
import { expectGoodInEveryView } from "./accessible.ts"
import { expect, projects, test } from "./scenario.ts"

const open = async (page: Page, url: string, projectId: string) => {
  await page.goto(`${url}/projects/${projectId}/containers`)
  await expect(page.getByRole("table", { name: "Containers" })).toHaveAttribute("aria-busy", "false")
}

async function openForm(page: Page, cloud: string, values: Record<string, string>): Promise<void> {
  await page.getByRole("button", { name: "New container" }).click()
  await page.getByRole("radio", { name: cloud }).click()
  await expect(page.getByLabel("Atlas CIDR")).not.toHaveValue("")
  for (const [label, value] of Object.entries(values)) await page.getByLabel(label).fill(value)
}

test("a container is created on each cloud and deleted again [C3]", async ({ page, app }) => {
  await open(page, app.url, projects.emptySandbox)
  await openForm(page, "AWS", { "Atlas region": "Ireland", "Atlas CIDR": "10.8.0.0/21" })
  await page.getByLabel("Reason").fill("NET-1 orders")
  await page.getByRole("button", { name: "Create container" }).click()
  await expect(page.getByText("Container 10.8.0.0/21 in EU_WEST_1 created")).toBeVisible()

  // The prefilled CIDR is free.
  await openForm(page, "Azure", { "Atlas region": "eastus2", Reason: "NET-2 ledger" })
  await page.getByRole("button", { name: "Create container" }).click()
  await expect(page.getByText(/Container .* in US_EAST_2 created/)).toBeVisible()

  await openForm(page, "Google Cloud", { "Atlas CIDR": "10.64.0.0/23", Reason: "NET-3 data" })
  await page.getByRole("radio", { name: "Chosen regions" }).click()
  await page.getByRole("checkbox", { name: "us-central1" }).check()
  await page.getByRole("checkbox", { name: "europe-west1 WESTERN_EUROPE" }).check()
  await page.getByRole("button", { name: "Create container" }).click()
  await expect(page.getByText(/Container 10.64.0.0\/23 .*created/)).toBeVisible()
  await expect(page.getByText("3 unused")).toBeVisible()
  await page.getByRole("button", { name: "New container" }).click()
  await expect(page.getByRole("radio", { name: "Google Cloud" })).toHaveCount(0)
  await page.keyboard.press("Escape")

  const remove = page.getByRole("button", { name: "Delete… 10.8.0.0/21" })
  await remove.click()
  await page.getByLabel("Reason").fill("NET-1 not needed")
  await page.getByRole("button", { name: "Delete container" }).click()
  await expect(page.getByText("CANNOT_DELETE_RECENTLY_CREATED_CONTAINER")).toBeVisible()
  app.simulator.advance(30)
  await page.getByRole("button", { name: "Delete container" }).click()
  await expect(page.getByText("Container 10.8.0.0/21 in EU_WEST_1 deleted")).toBeFocused()
  await expect(remove).toHaveCount(0)

  await page.goto(`${app.url}/audit`)
  await expect(page.getByText("NET-1 not needed").first()).toBeVisible()
})

test("peering-only mode is switched off, and on again where the API allows it", async ({ page, app }) => {
  await page.goto(`${app.url}/projects/${projects.peeringOnly}/settings`)
  await page.getByRole("button", { name: "Switch off…" }).click()
  await page.getByLabel("Reason").fill("NET-4 nothing needs it")
  await page.getByRole("button", { name: "Switch off", exact: true }).click()
  await expect(page.getByRole("button", { name: "Switch on…" })).toBeFocused()
  await page.reload()
  await page.getByRole("button", { name: "Switch on…" }).click()
  await page.getByLabel("Reason").fill("NET-5 an old tool asks for it")
  await expectGoodInEveryView(page)
  await page.getByRole("button", { name: "Switch on", exact: true }).click()
  await expect(page.getByRole("button", { name: "Switch off…" })).toBeFocused()
})

test("the settings are accessible with presets and share links, which are removed there", async ({
  page,
  app,
}) => {
  const headers = { "x-peering-desk": "1", origin: app.url }
  const project = `${app.url}/api/projects/${projects.payments}`
  const draft = { providerName: "AWS", request: { awsAccountId: "482913570264" } }
  await page.request.post(`${project}/presets`, { headers, data: { name: "US production", draft } })
  const [peer] = app.simulator.peers(projects.payments)
  await page.request.post(`${project}/peerings/${peer?.id ?? ""}/hand-offs`, {
    headers,
    data: { expiresInHours: 24, for: "net-team@acme.example" },
  })
  await page.goto(`${app.url}/projects/${projects.payments}/settings`)
  await expect(page.getByText("net-team@acme.example")).toBeVisible()
  await expectGoodInEveryView(page)
  await page.getByRole("button", { name: /^Revoke/ }).click()
  await page.getByRole("button", { name: "Revoke link" }).click()
  await expect(page.getByText("No open share links.")).toBeVisible()
  await page.getByRole("button", { name: /^Delete… US production/ }).click()
  await page.getByRole("button", { name: "Delete preset" }).click()
  await expect(page.getByText("No presets yet.")).toBeVisible()
  await expectGoodInEveryView(page)
})

test("the containers page is accessible: full, confirming a delete, refused", async ({ page, app }) => {
  await open(page, app.url, projects.payments)
  await expectGoodInEveryView(page)
  await page.getByRole("button", { name: "Delete… 192.168.232.0/21" }).click()
  await page.getByRole("button", { name: "Delete container" }).click()
  await expectGoodInEveryView(page)
  await page.goto(`${app.url}/projects/0123456789abcdef01234567/containers`)
  await expect(page.getByText(/project not found/i).first()).toBeVisible()
  await expectGoodInEveryView(page)
})

test("the container form is accessible with its errors, and the page with a long project name", async ({
  page,
  app,
}) => {
  await open(page, app.url, projects.emptySandbox)
  await openForm(page, "Google Cloud", {})
  await page.getByRole("radio", { name: "Chosen regions" }).click()
  await page.getByRole("button", { name: "Create container" }).click()
  await expect(page.getByText("Choose at least one region")).toBeVisible()
  await expectGoodInEveryView(page)
  await page.keyboard.press("Escape")
  await open(page, app.url, projects.longName)
  await expectGoodInEveryView(page)
})

import type { Page } from "@playwright/test"
import { expectGoodInEveryView } from "./accessible.ts"
import { expect, projects, test } from "./scenario.ts"

const open = async (page: Page, url: string, projectId: string) => {
  await page.goto(`${url}/projects/${projectId}/containers`)
  await expect(page.getByText("Nothing needs it.")).toBeVisible()
}

async function fillForm(page: Page, cloud: string, values: Record<string, string>): Promise<void> {
  await page.getByRole("button", { name: "New container" }).click()
  await page.getByRole("radio", { name: cloud }).click()
  for (const [label, value] of Object.entries(values)) await page.getByLabel(label).fill(value)
}

test("a container is created on each cloud and deleted again [C3]", async ({ page, app }) => {
  await open(page, app.url, projects.emptySandbox)
  await fillForm(page, "AWS", { "Atlas region": "Ireland", "Address block for Atlas": "10.8.0.0/21" })
  await page.getByLabel("Reason").fill("NET-1 orders")
  await page.getByRole("button", { name: "Create container" }).click()
  await expect(page.getByText("Atlas made the container 10.8.0.0/21 in EU_WEST_1")).toBeVisible()

  await fillForm(page, "Azure", { "Atlas region": "eastus2", Reason: "NET-2 ledger" })
  await page.getByText("Find a free block").click()
  await page.getByRole("button", { name: "Find a free /21" }).click()
  await page.getByRole("button", { name: "Use it" }).click()
  await page.getByRole("button", { name: "Create container" }).click()
  await expect(page.getByText(/Atlas made the container .* in US_EAST_2/)).toBeVisible()

  await fillForm(page, "Google Cloud", { "Address block for Atlas": "10.64.0.0/23", Reason: "NET-3 data" })
  await page.getByRole("radio", { name: "Only some regions" }).click()
  await page.getByRole("checkbox", { name: "us-central1" }).check()
  await page.getByRole("checkbox", { name: "europe-west1 WESTERN_EUROPE" }).check()
  await page.getByRole("button", { name: "Create container" }).click()
  await expect(page.getByText(/Atlas made the container 10.64.0.0\/23/)).toBeVisible()
  await expect(page.getByText("3 containers, 3 with nothing in it")).toBeVisible()

  const remove = page.getByRole("button", { name: "Delete the container 10.8.0.0/21" })
  await remove.click()
  await page.getByLabel("Reason").fill("NET-1 not needed")
  await page.getByRole("button", { name: "Delete it" }).click()
  await expect(page.getByText("CANNOT_DELETE_RECENTLY_CREATED_CONTAINER")).toBeVisible()
  await app.simulator.advance(30)
  await page.getByRole("button", { name: "Delete it" }).click()
  await expect(page.getByText(/The container 10.8.0.0\/21 in EU_WEST_1 is gone/)).toBeFocused()
  await expect(remove).toHaveCount(0)

  await page.goto(`${app.url}/audit`)
  await expect(page.getByText("NET-1 not needed").first()).toBeVisible()
})

test("peering-only mode is switched off, and on again where the API allows it", async ({ page, app }) => {
  await open(page, app.url, projects.peeringOnly)
  await page.getByRole("button", { name: "Switch it off" }).click()
  await page.getByLabel("Reason").fill("NET-4 nothing needs it")
  await page.getByRole("button", { name: "Switch off" }).click()
  await expect(page.getByRole("button", { name: "Switch it on" })).toBeFocused()
  await page.reload()
  await page.getByRole("button", { name: "Switch it on" }).click()
  await page.getByLabel("Reason").fill("NET-5 an old tool asks for it")
  await page.getByRole("button", { name: "Switch on" }).click()
  await expect(page.getByRole("button", { name: "Switch it off" })).toBeFocused()
})

test("the containers page is accessible: full, confirming a delete, refused", async ({ page, app }) => {
  await open(page, app.url, projects.payments)
  await expectGoodInEveryView(page)
  await page.getByRole("button", { name: "Delete the container 192.168.232.0/21" }).click()
  await page.getByRole("button", { name: "Delete it" }).click()
  await expectGoodInEveryView(page)
  await page.goto(`${app.url}/projects/0123456789abcdef01234567/containers`)
  await expect(page.getByText(/no such project/i).first()).toBeVisible()
  await expectGoodInEveryView(page)
})

test("the container form is accessible with its errors, and the page with a long project name", async ({
  page,
  app,
}) => {
  await open(page, app.url, projects.emptySandbox)
  await fillForm(page, "Google Cloud", {})
  await page.getByRole("radio", { name: "Only some regions" }).click()
  await page.getByText("Find a free block").click()
  await page.getByRole("button", { name: "Create container" }).click()
  await expect(page.getByText("Choose the regions it serves")).toBeVisible()
  await expectGoodInEveryView(page)
  await open(page, app.url, projects.longName)
  await expectGoodInEveryView(page)
})

import type { Page } from "@playwright/test"
import { expectGoodInEveryLook } from "./every-look.ts"
import { expect, projects, test } from "./story.ts"

const open = async (page: Page, url: string, projectId: string) => {
  await page.goto(`${url}/projects/${projectId}/containers`)
  await expect(page.getByText("Nothing needs it.")).toBeVisible()
}

async function fillForm(page: Page, cloud: string, values: Record<string, string>): Promise<void> {
  await page.getByRole("button", { name: "New container" }).click()
  await page.getByRole("radio", { name: cloud }).click()
  for (const [label, value] of Object.entries(values)) await page.getByLabel(label).fill(value)
}

test("a container is made on each cloud, and taken away again [C3]", async ({ page, desk }) => {
  await open(page, desk.url, projects.emptySandbox)
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
  await desk.simulator.advance(30)
  await page.getByRole("button", { name: "Delete it" }).click()
  await expect(page.getByText(/The container 10.8.0.0\/21 in EU_WEST_1 is gone/)).toBeFocused()
  await expect(remove).toHaveCount(0)

  await page.goto(`${desk.url}/audit`)
  await expect(page.getByText("NET-1 not needed").first()).toBeVisible()
})

test("a container with connections stays, and says which", async ({ page, desk }) => {
  await open(page, desk.url, projects.payments)
  const row = page.getByRole("listitem").filter({ has: page.getByRole("heading", { name: "Ireland" }) })
  await expect(row.getByText("In use by 3 connections")).toBeVisible()
  await expect(row.getByRole("button", { name: /^Delete/ })).toHaveAttribute("aria-disabled", "true")
  await row.getByRole("link").first().click()
  await expect(page.getByText("Atlas peer id")).toBeVisible()
})

test("peering-only mode is switched off, and on again where the API allows it", async ({ page, desk }) => {
  await open(page, desk.url, projects.peeringOnly)
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

test.describe("who may only look", () => {
  test.use({ persona: "Victor Lund" })
  test("sees the containers and changes none", async ({ page, desk }) => {
    await open(page, desk.url, projects.payments)
    await expect(page.getByText("You may look at this project, not change it")).toBeVisible()
    await expect(page.getByRole("button", { name: "New container" })).toHaveAttribute("aria-disabled", "true")
    await expect(page.getByText(/can switch it on: ask/)).toBeVisible()
  })
})

test("the page is accessible: full, asking before it deletes, refused", async ({ page, desk }) => {
  await open(page, desk.url, projects.payments)
  await expectGoodInEveryLook(page)
  await page.getByRole("button", { name: "Delete the container 192.168.232.0/21" }).click()
  await page.getByRole("button", { name: "Delete it" }).click()
  await expectGoodInEveryLook(page)
  await page.goto(`${desk.url}/projects/0123456789abcdef01234567/containers`)
  await expect(page.getByText(/no such project/i).first()).toBeVisible()
  await expectGoodInEveryLook(page)
})

test("the form is accessible with its errors, and a long name breaks nothing", async ({ page, desk }) => {
  await open(page, desk.url, projects.emptySandbox)
  await fillForm(page, "Google Cloud", {})
  await page.getByRole("radio", { name: "Only some regions" }).click()
  await page.getByText("Find a free block").click()
  await page.getByRole("button", { name: "Create container" }).click()
  await expect(page.getByText("Choose the regions it serves")).toBeVisible()
  await expectGoodInEveryLook(page)
  await open(page, desk.url, projects.longName)
  await expectGoodInEveryLook(page)
})

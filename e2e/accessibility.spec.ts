import type { Page } from "@playwright/test"
import { createButton, fillForm, openForm } from "./new-connection.ts"
import { expect, expectAccessible, expectNoSidewaysScroll, projects, test } from "./story.ts"

const windows = [
  { width: 1440, height: 900 },
  { width: 320, height: 800 },
]

for (const colorScheme of ["light", "dark"] as const) {
  for (const viewport of windows) {
    test.describe(`${colorScheme}, ${viewport.width} px`, () => {
      test.use({ colorScheme, viewport })

      test("every state of a connection is accessible", async ({ page, desk }) => {
        const seen = new Set<string>()
        for (const { id, providerName, status } of await desk.simulator.peers(projects.payments)) {
          if (seen.has(`${providerName} ${status}`)) continue
          seen.add(`${providerName} ${status}`)
          await page.goto(`${desk.url}/projects/${projects.payments}/connections/${id}`)
          await expect(page.getByText("Atlas peer id")).toBeVisible()
          await expectGood(page)
        }
        expect(seen.size).toBeGreaterThan(10)
      })

      test("lists are accessible: full, filtered, empty, refused and loading", async ({ page, desk }) => {
        await page.goto(`${desk.url}/projects/${projects.payments}/connections`)
        await expect(page.getByText("Live", { exact: true })).toBeVisible()
        await expectGood(page)
        await page
          .getByRole("searchbox")
          .or(page.getByLabel(/filter/i))
          .first()
          .fill("nothing has this name")
        await expect(page.getByText(/nothing has this name/).first()).toBeVisible()
        await expectGood(page)
        await page.goto(`${desk.url}/projects/${projects.emptySandbox}/connections`)
        await expect(page.getByText("No connection yet")).toBeVisible()
        await expectGood(page)
        await page.goto(`${desk.url}/projects/${projects.longName}/connections`)
        await expect(page.getByText("No connection yet")).toBeVisible()
        await expectGood(page)
        await page.goto(`${desk.url}/projects/0123456789abcdef01234567/connections`)
        await expect(page.getByText(/no such project/i).first()).toBeVisible()
        await expectGood(page)
        await page.goto(`${desk.url}/nowhere`)
        await expect(page.getByRole("heading", { level: 1 })).toBeVisible()
        await expectGood(page)
        await page.route("**/api/**", () => {})
        await page.goto(`${desk.url}/projects/${projects.payments}/connections`)
        await expect(page.getByText("Asking Atlas")).toBeVisible()
        await expectGood(page)
      })

      test("the audit trail, the keys and the sessions are accessible", async ({ page, desk }) => {
        await page.goto(`${desk.url}/audit`)
        await expect(page.getByRole("row").getByText("Signed in").first()).toBeVisible()
        await expectGood(page)
        await page.getByRole("button", { name: "Verify" }).click()
        await expect(page.getByText(/whole/i).last()).toBeVisible()
        await expectGood(page)
        await page.goto(`${desk.url}/audit/1`)
        await expect(page.getByRole("heading", { level: 1 })).toBeVisible()
        await expectGood(page)
        await page.goto(`${desk.url}/keys`)
        await expect(page.getByText("ORG_OWNER")).toBeVisible()
        await expectGood(page)
        await page.goto(`${desk.url}/sessions`)
        await expect(page.getByText("this browser").first()).toBeVisible()
        await expectGood(page)
      })

      test("the form is accessible: empty, with every error shown, with a problem, without a container", async ({
        page,
        desk,
      }) => {
        for (const cloud of ["AWS", "GCP", "AZURE"] as const) {
          await openForm(page, desk.url, projects.documentation, cloud)
          await expectGood(page)
          await createButton(page).click()
          await expect(page.locator("[aria-invalid=true]").first()).toBeVisible()
          await expectGood(page)
        }
        // The last of them is Azure's, with steps to do first.
        await fillForm(page, "AZURE")
        await page.getByText("How to give it, and see that it is there").click()
        await page.getByText("As code").click()
        await expect(page.getByRole("button", { name: "Azure CLI", exact: true })).toBeVisible()
        await expect(page.getByRole("button", { name: "Atlas CLI", exact: true })).toBeVisible()
        await expectGood(page)
        await page.goto(`${desk.url}/projects/${projects.emptySandbox}/connections/new`)
        await expect(page.getByText(/There is no container for/).first()).toBeVisible()
        await expectGood(page)
      })
    })
  }
}

async function expectGood(page: Page): Promise<void> {
  await expectAccessible(page)
  await expectNoSidewaysScroll(page)
}

import { expect, type Page } from "@playwright/test"

/** The stop whose row has a step of the runbook. */
const stopsOfSteps: Readonly<Record<string, string>> = {
  "aws-dns": "dns",
  "aws-routes": "route",
  "access-list": "access-list",
  "azure-role-assignment": "role",
  "azure-role-check": "role",
  "try-it": "cluster",
  "connection-string": "cluster",
}

/** The button of a stop's row. */
export const stopButton = (page: Page, stop: string) => page.locator(`#stop-${stop}`)

/** The row of a stop. */
export const stopRow = (page: Page, stop: string) =>
  page
    .getByRole("list", { name: "Stops" })
    .getByRole("listitem")
    .filter({ has: stopButton(page, stop) })

/** The drawing of the path says that the peering is available. */
export const peered = (page: Page) =>
  page.getByRole("region", { name: "Path" }).getByText("Available", { exact: true })

/** Opens the row of a stop, unless it is open. A failed connection folds its rows. */
export async function openStop(page: Page, stop: string): Promise<void> {
  const toggle = stopButton(page, stop)
  const all = page.getByRole("button", { name: /Show all$/ })
  await expect(async () => {
    if ((await toggle.count()) === 0 && (await all.isVisible())) await all.click({ timeout: 1_000 })
    if ((await toggle.getAttribute("aria-expanded", { timeout: 1_000 })) !== "true")
      await toggle.click({ timeout: 1_000 })
    await expect(toggle).toHaveAttribute("aria-expanded", "true", { timeout: 1_000 })
  }).toPass()
}

/** Opens the row that has a step of the runbook. */
export async function openStep(page: Page, id: string): Promise<void> {
  await openStop(page, stopsOfSteps[id] ?? id)
}

/** Marks the step of a stop as done. */
export async function markAsDone(page: Page, id: string): Promise<void> {
  await openStep(page, id)
  const row = stopRow(page, stopsOfSteps[id] ?? id)
  await row.getByRole("button", { name: /^Mark as done/ }).click()
  await expect(row.getByText(/^Marked done by/)).toBeVisible()
}

/** Takes an action of the header: its button, or its item in the menu. */
export async function act(page: Page, name: string): Promise<void> {
  const button = page.getByRole("button", { name, exact: true })
  const menu = page.getByRole("button", { name: /^More actions/ })
  // The page may have been opened a moment ago.
  await expect(button.or(menu).first()).toBeVisible()
  if (await button.isVisible()) return await button.click()
  await menu.click()
  await page.getByRole("menuitem", { name, exact: true }).click()
}

/** Types the name and a reason into the dialog that deletes, and confirms. */
export async function confirmDeletion(
  page: Page,
  name: string | null,
  button = "Delete connection",
): Promise<void> {
  const dialog = page.getByRole("dialog")
  if (name !== null) await dialog.getByLabel("Name", { exact: true }).fill(name)
  await dialog.getByLabel("Reason", { exact: true }).fill("PAY-300 the ledger moves")
  await dialog.getByRole("button", { name: button, exact: true }).click()
}

import { expect, type Page } from "@playwright/test"

/** The steps of the setup, by their ids. */
const setupSteps = (page: Page) => page.getByRole("region", { name: "Setup steps" })

/** Opens a step of the setup, unless it is open. A working connection folds finished steps. */
export async function openStep(page: Page, id: string): Promise<void> {
  const toggle = page.locator(`#step-${id}`)
  const rest = setupSteps(page).getByRole("button", { name: /^\d+ (done|optional)/, expanded: false })
  // A step folds when what proves it was read, which may be at this moment.
  await expect(async () => {
    if ((await toggle.count()) === 0 && (await rest.isVisible())) await rest.click({ timeout: 1_000 })
    if ((await toggle.getAttribute("aria-expanded", { timeout: 1_000 })) !== "true")
      await toggle.click({ timeout: 1_000 })
    await expect(toggle).toHaveAttribute("aria-expanded", "true", { timeout: 1_000 })
  }).toPass()
}

/** Marks a step as done. */
export async function markAsDone(page: Page, id: string): Promise<void> {
  const row = setupSteps(page)
    .getByRole("listitem")
    .filter({ has: page.locator(`#step-${id}`) })
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

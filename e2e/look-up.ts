import { readFileSync } from "node:fs"
import { runLookUp } from "@peering-desk/demo-director"
import { expect, type Locator, type Page } from "@playwright/test"

/**
 * Runs the look-up script that a page shows, in a shell whose cloud tools tell of the simulated world.
 * @param account what the shell is signed in to: an AWS account, a project or a subscription
 * @returns what the script prints
 */
export async function lookUp(page: Page, simulatorUrl: string, account: string): Promise<string> {
  return runLookUp(await readScript(page), new URL(simulatorUrl), account)
}

async function readScript(page: Page): Promise<string> {
  // What was pasted first moves the script from the open stop to the end of the page.
  const button = page.getByRole("button", { name: "Download" }).first()
  // Either may still be loading.
  await expect.poll(async () => (await button.isVisible()) || (await findOpener(page).isVisible())).toBe(true)
  if (await button.isHidden()) await openLookUp(page)
  const download = page.waitForEvent("download")
  await button.click()
  return readFileSync(await (await download).path(), "utf8")
}

/** Opens the script and the field for what it prints on a connection's page. */
export async function openLookUp(page: Page): Promise<void> {
  await findOpener(page).click()
}

function findOpener(page: Page): Locator {
  return page.getByText(/^Paste its answer$|^Run a script and paste the result$/).first()
}

/** Pastes what the script printed on a connection's page. */
export async function pasteLookUp(page: Page, text: string): Promise<void> {
  if (await page.getByLabel("Result").isHidden()) await openLookUp(page)
  await page.getByLabel("Result").fill(text)
  await page.getByRole("button", { name: "Send result" }).click()
}

import { execFile } from "node:child_process"
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { promisify } from "node:util"
import type { Page } from "@playwright/test"

/** Stands in for a cloud's tool: prints what the simulated world has of the customer's networks, or the refusal. */
const tool = `#!${process.execPath}
const [, path, ...args] = process.argv
const { SIMULATOR_URL, ACCOUNT: account } = process.env
fetch(SIMULATOR_URL + "/simulator/cloud-tools", {
  method: "POST",
  headers: { "content-type": "application/json" },
  body: JSON.stringify({ tool: path.split("/").at(-1), args, account }),
})
  .then((answer) => answer.json())
  .then(({ output, error }) => {
    if (error === undefined) return console.log(output)
    console.error(error)
    process.exitCode = 1
  })
`

/**
 * Runs the look-up script that a page shows, in a shell whose cloud tools tell of the simulated world.
 * @param account what the shell is signed in to: an AWS account, a project or a subscription
 * @returns what the script prints
 */
export async function lookUp(page: Page, simulatorUrl: string, account: string): Promise<string> {
  return runScript(await readScript(page), simulatorUrl, account)
}

async function readScript(page: Page): Promise<string> {
  // What was pasted first moves the script from the open stop to the end of the page.
  const button = page.getByRole("button", { name: "Download" }).first()
  if (await button.isHidden()) await openLookUp(page)
  const download = page.waitForEvent("download")
  await button.click()
  return readFileSync(await (await download).path(), "utf8")
}

async function runScript(script: string, simulatorUrl: string, account: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "cloud-tools-"))
  for (const name of ["aws", "az", "gcloud"]) {
    writeFileSync(join(folder, name), tool)
    chmodSync(join(folder, name), 0o700)
  }
  const env = { PATH: `${folder}:/usr/bin:/bin`, SIMULATOR_URL: simulatorUrl, ACCOUNT: account }
  const { stdout } = await promisify(execFile)("/bin/sh", ["-c", script], { env })
  rmSync(folder, { recursive: true })
  return stdout
}

/** Opens the script and the field for what it prints on a connection's page. */
export async function openLookUp(page: Page): Promise<void> {
  await page.getByText(/^Paste its answer$|^Run a script and paste the result$/).click()
}

/** Pastes what the script printed on a connection's page. */
export async function pasteLookUp(page: Page, text: string): Promise<void> {
  if (await page.getByLabel("Result").isHidden()) await openLookUp(page)
  await page.getByLabel("Result").fill(text)
  await page.getByRole("button", { name: "Send result" }).click()
}

import { execFile } from "node:child_process"
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { promisify } from "node:util"
import { createWorld } from "./world.ts"

/**
 * Stands in for a cloud's tool: prints what the simulated world has of the customer's networks, or the refusal. A look-up calls it
 * thirty times, and with `fetch` it would start three times as slowly.
 */
const tool = `#!${process.execPath}
const [, path, ...args] = process.argv
const { SIMULATOR_URL, ACCOUNT: account } = process.env
const options = { method: "POST", headers: { "content-type": "application/json" } }
require("node:http")
  .request(SIMULATOR_URL + "/simulator/cloud-tools", options, (answer) => {
    let text = ""
    answer.setEncoding("utf8").on("data", (part) => (text += part))
    answer.on("end", () => {
      const { output, error } = JSON.parse(text)
      if (error === undefined) return console.log(output)
      console.error(error)
      process.exitCode = 1
    })
  })
  .end(JSON.stringify({ tool: path.split("/").at(-1), args, account }))
`

/**
 * Runs a look-up in a shell whose cloud tools see the simulated world.
 * @param account what the shell is signed in to: an AWS account, a project or a subscription
 * @returns what the script prints
 */
export async function runLookUp(script: string, simulatorUrl: URL, account: string): Promise<string> {
  const { now } = (await createWorld(simulatorUrl)("GET", "/clock")) as { now: string }
  const folder = mkdtempSync(join(tmpdir(), "cloud-tools-"))
  // A look-up prints when it read, which is a simulated moment here.
  const date = `#!/bin/sh\necho ${now.slice(0, 19)}Z\n`
  for (const [name, text] of Object.entries({ aws: tool, az: tool, gcloud: tool, date })) {
    writeFileSync(join(folder, name), text)
    chmodSync(join(folder, name), 0o700)
  }
  const env = { PATH: `${folder}:/usr/bin:/bin`, SIMULATOR_URL: simulatorUrl.origin, ACCOUNT: account }
  try {
    return (await promisify(execFile)("/bin/sh", ["-c", script], { env })).stdout
  } finally {
    rmSync(folder, { recursive: true })
  }
}

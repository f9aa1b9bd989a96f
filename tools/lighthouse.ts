import { mkdirSync } from "node:fs"
import { homedir } from "node:os"
import { findFreePort } from "@peering-desk/test-support/programs"
import { chromium } from "@playwright/test"
import { runProgram } from "#tools/lab/programs.ts"
import { findChromium } from "./find-chromium.ts"
import { signIn } from "./lab/bench/browser.ts"

/** What Lighthouse found on a page, as far as we read it (its JSON output). */
export interface Report {
  audits: Record<
    string,
    {
      title: string
      /** From 0 to 1; null when there is nothing to judge. */
      score: number | null
      numericValue?: number
      details?: { items?: { resourceType?: string; transferSize?: number; description?: string }[] }
    }
  >
  categories: Record<string, { score: number | null; auditRefs: { id: string; weight: number }[] }>
  runtimeError?: { message: string }
  finalDisplayedUrl: string
}

interface Examined {
  url: string
  /** The `Cookie` header of who is signed in; null for nobody. */
  cookie: string | null
  categories: readonly ("performance" | "accessibility" | "best-practices")[]
}

/**
 * Opens a page with Lighthouse's mobile profile in a browser that was never used before. From npm comes the last version for our oldest
 * Node: it has a hundred packages that nothing else here needs.
 * @param profile a folder for the browser that is not there yet
 * @throws Error when the page can't be loaded, or leads to another
 */
export async function examine(profile: string, { url, cookie, categories }: Examined): Promise<Report> {
  mkdirSync(profile)
  const port = await findFreePort()
  const executablePath = findChromium()
  const context = await chromium.launchPersistentContext(profile, {
    ...(executablePath !== null && { executablePath }),
    args: [`--remote-debugging-port=${port}`, "--no-sandbox", "--disable-background-networking"],
  })
  try {
    if (cookie !== null) await signIn(context, url, cookie, { knowsZone: true })
    const args = ["-y", "lighthouse@12.8.2", url, `--port=${port}`, "--output=json", "--quiet"]
    // A reset of the storage would sign the browser out. The profile is new anyway.
    const more = ["--disable-storage-reset", "--no-enable-error-reporting"]
    const only = `--only-categories=${categories.join(",")}`
    const { code, stdout, stderr } = await runProgram("npx", [...args, ...more, only], {
      env: { HOME: homedir() },
      timeoutMs: 180_000,
    })
    if (code !== 0) throw new Error(`Lighthouse could not run: ${stderr.slice(-2_000)}`)
    const report = JSON.parse(stdout) as Report
    if (report.runtimeError !== undefined) throw new Error(`${url}: ${report.runtimeError.message}`)
    if (report.finalDisplayedUrl !== url) throw new Error(`${url} led to ${report.finalDisplayedUrl}`)
    return report
  } finally {
    await context.close()
  }
}

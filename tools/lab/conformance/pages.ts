import type { Task } from "#tools/lab/area.ts"
import { join } from "node:path"
import { launchChromium } from "#tools/lab/bench/browser.ts"
import { examine, type Report } from "#tools/lighthouse.ts"
import { openDemoContext, startScreenshotDemo } from "#tools/screenshot-demo.ts"
import { listShots } from "#tools/screenshot-shots.ts"
import { check, expectThat, type Figure } from "#tools/lab/figure.ts"

const categories = ["accessibility", "best-practices"] as const

/** States whose page says that the server refused. Browsers write each refused answer to the console, however the page handles it. */
const isRefusal = (name: string) => /-(unknown|forbidden|invalid)$/.test(name)
const refusedAnswer = /^Failed to load resource: the server responded with a status of 4\d\d/

/** Lets Lighthouse judge every page of the demo that its address alone opens, and leads to no other. */
export async function checkPages({ work, keep }: Task): Promise<Figure[]> {
  const demo = keep(await startScreenshotDemo())
  const browser = keep(await launchChromium())
  const findings: Figure[] = []
  const cookies = new Map<string | null, string | null>([[null, null]])
  for (const { name, path, person = "Olivia Marsh", ...more } of listShots(demo)) {
    const isPlain = more.reach === undefined && more.before === undefined && more.isAlone === undefined
    if (typeof path !== "string" || !isPlain) continue
    if (!cookies.has(person)) cookies.set(person, await readCookie(person ?? ""))
    const cookie = cookies.get(person) ?? null
    const url = `${demo.url}${path}`
    findings.push(
      await check(name, async () =>
        judge(name, await examine(join(work, name), { url, cookie, categories })),
      ),
    )
  }
  return findings

  /** Signs a person in and returns the `Cookie` header of the session. */
  async function readCookie(person: string): Promise<string> {
    const context = await openDemoContext(browser, demo.url, person)
    const cookies = await context.cookies()
    await context.close()
    return cookies.map(({ name, value }) => `${name}=${value}`).join("; ")
  }
}

/** @throws Error that names what Lighthouse found, unless both categories have all their points */
function judge(name: string, { audits, categories: found }: Report): string {
  const faults = categories.flatMap((category) => {
    const { auditRefs = [] } = found[category] ?? {}
    if (auditRefs.length === 0) return `${category} was not judged`
    return auditRefs.flatMap(({ id, weight }) => {
      const audit = audits[id]
      const isFine = weight === 0 || audit?.score === null || audit?.score === 1
      const lines = audit?.details?.items?.map(({ description = "" }) => description) ?? []
      const isOwnRefusal =
        id === "errors-in-console" &&
        isRefusal(name) &&
        lines.length > 0 &&
        lines.every((line) => refusedAnswer.test(line))
      return isFine || isOwnRefusal ? [] : `${id}: ${audit?.title}`
    })
  })
  expectThat(faults.length === 0, faults.join("; "))
  return categories.map((id) => `${id} ${Math.round((found[id]?.score ?? 0) * 100)}`).join(", ")
}

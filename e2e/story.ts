import { AxeBuilder } from "@axe-core/playwright"
import { expect, test as base, type Page } from "@playwright/test"
import { canaryKey, canarySecrets, startDesk, type RunningDesk } from "./running-desk.ts"

/** Ids that the simulated Atlas is seeded with. */
export const projects = {
  /** The documentation's example project: one container of each cloud, no connection yet. */
  documentation: "5356823b3794dee37132bb7b",
  /** Connections in every state. */
  payments: "64b1f0a27c3d5e4f8a9b0c1d",
  /** No container at all. */
  emptySandbox: "64b1f0a27c3d5e4f8a9b0c3f",
  longName: "64b1f0a27c3d5e4f8a9b0c40",
  crowded: "64b1f0a27c3d5e4f8a9b0c77",
  /** In peering-only mode. */
  peeringOnly: "64b1f0a27c3d5e4f8a9b0c62",
}

/** What nobody may see, as it is and as it could hide in other spellings. */
const secrets = [
  ...[canaryKey.privateKey, canarySecrets.clientSecret, canarySecrets.sessionSecret].flatMap((secret) => [
    secret,
    encodeURIComponent(secret),
    Buffer.from(secret).toString("base64").replace(/=+$/, ""),
  ]),
  Buffer.from(`${canaryKey.publicKey}:${canaryKey.privateKey}`).toString("base64").replace(/=+$/, ""),
]

/**
 * A story has a desk of its own. Whatever it does, no page may break the content security policy or throw, and no answer
 * and no log line may hold the Atlas key or a digest made with it.
 */
export const test = base.extend<{ scenario: string; persona: string | null; desk: RunningDesk; page: Page }>({
  scenario: ["demo", { option: true }],
  /** Who is signed in when the story begins; null for nobody. */
  persona: ["Olivia Marsh", { option: true }],
  desk: async ({ scenario }, use) => {
    const desk = await startDesk(scenario)
    await use(desk)
    await desk.stop()
    expect(leaksIn(desk.log())).toEqual([])
    expect(desk.log()).not.toMatch(/Digest username|response="[0-9a-f]{32}/)
  },
  page: async ({ page, persona, desk }, use) => {
    const faults: string[] = []
    const leaks: string[] = []
    const reads: Promise<void>[] = []
    page.on("pageerror", (error) => faults.push(error.message))
    page.on("console", (message) => {
      if (/content security policy|trusted ?type/i.test(message.text())) faults.push(message.text())
    })
    page.on("response", (response) => {
      if ((response.headers()["content-type"] ?? "").includes("event-stream")) return
      const read = response
        .text()
        .then((text) => leaks.push(...leaksIn(`${text}${JSON.stringify(response.headers())}`)))
      // The body of an answer to a page that has gone can't be read any more.
      reads.push(
        read.then(
          () => {},
          () => {},
        ),
      )
    })
    if (persona !== null) await signIn(page, desk.url, persona)
    await use(page)
    await Promise.all(reads)
    expect(faults).toEqual([])
    expect(leaks).toEqual([])
  },
})

export { expect }

/** Signs somebody in by picking them on the demo identity provider's page. */
export async function signIn(page: Page, url: string, persona: string): Promise<void> {
  await page.goto(`${url}/sign-in?return=/`)
  await page.getByRole("button", { name: persona }).click()
  await page.waitForURL(`${url}/**`)
}

/** Which of the secrets a text holds. */
function leaksIn(text: string): string[] {
  return secrets.filter((secret) => text.includes(secret))
}

/** Finds nothing to mend in the page as it is now. */
export async function expectAccessible(page: Page): Promise<void> {
  // No page of ours holds a frame, so that axe need not gather its findings in a second, empty page.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
  expect(violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => html) }))).toEqual([])
}

/** The page is not wider than its window. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
  expect(overflow).toBeLessThanOrEqual(0)
}

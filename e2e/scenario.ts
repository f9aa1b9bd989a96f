import { expect, test as base, type Page } from "@playwright/test"
import { createSigningKeys, demoPersonas, type SigningKeys } from "@peering-desk/demo-identity-provider"
import { canaryKey, canarySecrets, startApp, type AppOptions, type RunningApp } from "./running-app.ts"

/** Ids that the simulated Atlas is seeded with. */
export const projects = {
  /** The documentation's example project: one container of each cloud, no connection yet. */
  documentation: "5356823b3794dee37132bb7b",
  /** Connections in every state. */
  payments: "64b1f0a27c3d5e4f8a9b0c1d",
  /** Two connections on Google Cloud, in a container with a default CIDR. */
  analytics: "64b1f0a27c3d5e4f8a9b0c2e",
  /** No container at all. */
  emptySandbox: "64b1f0a27c3d5e4f8a9b0c3f",
  longName: "64b1f0a27c3d5e4f8a9b0c40",
  crowded: "64b1f0a27c3d5e4f8a9b0c77",
  /** In peering-only mode. */
  peeringOnly: "64b1f0a27c3d5e4f8a9b0c62",
}

/** Secrets as they are, and as other spellings could hide them. */
const secrets = [
  ...[canaryKey.privateKey, canarySecrets.clientSecret, canarySecrets.sessionSecret].flatMap((secret) => [
    secret,
    encodeURIComponent(secret),
    Buffer.from(secret).toString("base64").replace(/=+$/, ""),
  ]),
  Buffer.from(`${canaryKey.publicKey}:${canaryKey.privateKey}`).toString("base64").replace(/=+$/, ""),
]

interface ScenarioFixtures {
  atlasScenario: AppOptions["atlasScenario"]
  isDemo: boolean
  approvalPolicy: AppOptions["approvalPolicy"]
  /** The person signed in when the scenario begins; null for nobody. */
  persona: string | null
  app: RunningApp
  page: Page
}
export interface WorkerFixtures {
  /** Set for the project that runs on PostgreSQL. */
  postgresUrl: string | null
  signingKeys: SigningKeys
}

/**
 * Gives each scenario an app for itself. In every scenario no page breaks the content security policy, throws, or is drawn otherwise
 * by the browser than by the server, and no answer and no log line holds the Atlas key or a digest made with it.
 */
export const test = base.extend<ScenarioFixtures, WorkerFixtures>({
  postgresUrl: [null, { option: true, scope: "worker" }],
  signingKeys: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the pattern to learn which fixtures are used
    async ({}, use) => use(await createSigningKeys()),
    { scope: "worker" },
  ],
  atlasScenario: ["demo", { option: true }],
  isDemo: [false, { option: true }],
  approvalPolicy: [null, { option: true }],
  persona: ["Olivia Marsh", { option: true }],
  app: async ({ atlasScenario, isDemo, approvalPolicy, signingKeys, postgresUrl }, use) => {
    const app = await startApp({ atlasScenario, isDemo, approvalPolicy, signingKeys, postgresUrl })
    await use(app)
    await app.stop()
    expect(leaksIn(app.log())).toEqual([])
    expect(app.log()).not.toMatch(/Digest username|response="[0-9a-f]{32}/)
  },
  page: async ({ page, persona, app, timezoneId }, use) => {
    const faults: string[] = []
    const leaks: string[] = []
    const reads: Promise<void>[] = []
    page.on("pageerror", (error) => faults.push(error.message))
    page.on("console", (message) => {
      if (/content security policy|trusted ?type|drawn again/i.test(message.text()))
        faults.push(message.text())
    })
    page.on("response", (response) => {
      if ((response.headers()["content-type"] ?? "").includes("event-stream")) return
      // Files of the build, which tools/bundle.test.ts searches once, are most of what a page loads.
      if (new URL(response.url()).pathname.startsWith("/assets/")) return
      const read = response
        .text()
        .then((text) => leaks.push(...leaksIn(`${text}${JSON.stringify(response.headers())}`)))
      // The body of an answer to a closed page can't be read any more.
      reads.push(
        read.then(
          () => {},
          () => {},
        ),
      )
    })
    if (persona !== null) await signInByRequests(page, app.url, persona)
    // As the sign-in page keeps it, so that the server draws the first page too.
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
    const zone = encodeURIComponent(timezoneId ?? timeZone)
    await page.context().addCookies([{ name: zoneCookie, value: zone, url: app.url }])
    await use(page)
    await Promise.all(reads)
    expect(faults).toEqual([])
    expect(leaks).toEqual([])
  },
})

export { expect }

const zoneCookie = "peering-desk-zone"

/** Has the browser draw every page: the server does not, without a time zone that it knows. No script can change this cookie. */
export async function drawInBrowser(page: Page, url: string): Promise<void> {
  await page.context().addCookies([{ name: zoneCookie, value: "none", url, httpOnly: true }])
}

/** Waits until the script has taken over a page that the server drew. */
export async function waitUntilUsable(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const title = document.querySelector("main h1") ?? {}
    return Object.keys(title).some((key) => key.startsWith("__reactProps"))
  })
}

/** Signs a person in by picking them on the demo identity provider's page. */
export async function signIn(page: Page, url: string, persona: string): Promise<void> {
  await page.goto(`${url}/sign-in?return=/`)
  await page.getByRole("button", { name: persona }).click()
  await page.waitForURL(`${url}/**`)
}

/** A page that is not there: the server draws nothing for it, so that a scenario begins before anything is read from Atlas. */
const nowhere = "/nowhere"

/** Signs a person in with the cookies of the page's browser. It draws nothing, which saves a second in each scenario. */
async function signInByRequests(page: Page, url: string, persona: string): Promise<void> {
  const choice = await page.request.get(`${url}/sign-in?return=${nowhere}`)
  const action = /<form[^>]* action="([^"]+)"/.exec(await choice.text())?.[1] ?? ""
  const id = demoPersonas.find(({ name }) => name === persona)?.id ?? ""
  const arrival = await page.request.post(new URL(action, choice.url()).href, { form: { persona: id } })
  expect(arrival.url()).toBe(`${url}${nowhere}`)
}

/** Finds the secrets that a text holds. */
function leaksIn(text: string): string[] {
  return secrets.filter((secret) => text.includes(secret))
}

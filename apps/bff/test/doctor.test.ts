import { spawn } from "node:child_process"
import { once } from "node:events"
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs"
import type { AddressInfo } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { createSimulator, demoServiceAccount, ownerKey, type Simulator } from "@peering-desk/atlas-simulator"
import {
  createDemoIdentityProvider,
  createSigningKeys,
  createTestingBrowser,
  type DemoIdentityProvider,
} from "@peering-desk/demo-identity-provider"
import { findFreePort } from "@peering-desk/test-support/programs"
import { sql } from "kysely"
import { SMTPServer } from "smtp-server"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { systemClock } from "#base/clock.ts"
import { createLogger } from "#base/logger.ts"
import { openStore } from "#store/open-store.ts"
import { openAuditLog, signIn as auditSignIn } from "#test/support/audit-log.ts"
import { useDatabases } from "#test/support/database.ts"
import { bundleProgram } from "#test/support/bundle.ts"
import { testingAccessRules } from "#test/support/test-app.ts"

const createDatabase = useDatabases("postgres")
const clientSecret = "canary-of-the-client-secret"
const sessionSecret = "canary-of-the-session-secret-long-enough"
let program: string
let directory: string
let provider: DemoIdentityProvider
let simulator: Simulator
let environment: Record<string, string>

beforeAll(async () => {
  program = await bundleProgram("src/doctor.ts", "doctor-test")
  directory = mkdtempSync(join(tmpdir(), "doctor-"))
  const port = await findFreePort()
  provider = createDemoIdentityProvider({
    client: {
      id: "peering-desk",
      secret: clientSecret,
      redirectUris: [`http://127.0.0.1:${port}/sign-in/callback`],
    },
    keys: await createSigningKeys(),
  })
  simulator = createSimulator({ speed: 0 })
  writeFileSync(join(directory, "access-rules.json"), JSON.stringify(testingAccessRules))
  environment = {
    PORT: String(port),
    OIDC_ISSUER: (await provider.listen()).issuer,
    OIDC_CLIENT_ID: "peering-desk",
    OIDC_CLIENT_SECRET: clientSecret,
    ACCESS_RULES_FILE: join(directory, "access-rules.json"),
    SESSION_SECRET: sessionSecret,
    DATA_DIR: join(directory, "data"),
    ATLAS_BASE_URL: (await simulator.listen()).origin,
    ATLAS_PUBLIC_KEY: ownerKey.publicKey,
    ATLAS_PRIVATE_KEY: ownerKey.privateKey,
  }
}, 60_000)
afterAll(async () => {
  await Promise.all([provider.close(), simulator.close()])
  rmSync(directory, { recursive: true })
})

interface Outcome {
  status: number | null
  text: string
}

/** Runs the doctor to its end; `onText` gets everything it has printed so far. */
async function run(
  change: Record<string, string> = {},
  { args = [] as string[], onText = (_text: string) => {} } = {},
): Promise<Outcome> {
  const child = spawn(process.execPath, [program, ...args], {
    cwd: directory,
    env: { ...environment, ...change },
    stdio: ["ignore", "pipe", "pipe"],
  })
  let text = ""
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (part: Buffer) => {
      text += part.toString()
      onText(text)
    })
  const [status] = (await once(child, "close")) as [number | null]
  for (const secret of [clientSecret, sessionSecret, ownerKey.privateKey]) expect(text).not.toContain(secret)
  return { status, text }
}

/** Signs in at the link that the doctor prints. */
function signInAs(persona: string) {
  let isUnderWay = false
  return (text: string) => {
    const link = /^http:\S+$/m.exec(text)?.[0]
    if (link === undefined || !text.endsWith("\n") || isUnderWay) return
    isUnderWay = true
    const browser = createTestingBrowser()
    void browser.follow(link).then((page) => browser.submit(page, { persona }))
  }
}

describe("the doctor", () => {
  test("refuses an option that it does not have", async () => {
    const { status, text } = await run({}, { args: ["--signin"] })
    expect(text).toMatch(
      /^BAD {2}options: Unknown option '--signin'.+ There are --sign-in and, with pnpm doctor, --verify-atlas\.$/m,
    )
    expect(status).toBe(1)
  })

  test("finds nothing wrong with a sound installation, and says what it did not check", async () => {
    const { status, text } = await run()
    expect(text).not.toContain("BAD")
    expect(status).toBe(0)
    for (const line of [
      /^ok {3}configuration: /m,
      /^ok {3}identity provider: http:\S+ was found\. The client's secret goes by basic\. UserInfo yes/m,
      /^ok {3}identity provider: it accepts the client's id and secret/m,
      /^\? {4}identity provider: it begins a sign-in/m,
      /^ok {3}Atlas: ".+" works and reaches \d+ project/m,
      /^ok {3}database: there is none yet/m,
      /^ok {3}clock: it is \d+ s/m,
      /^\? {4}sign-in: what the provider says of a person was not checked\.\n {5}fix: .*--sign-in/m,
    ])
      expect(text).toMatch(line)
    expect(readdirSync(directory)).not.toContain("data")
  })

  test("says of a service account what it may do, and that this is not known while Atlas does not tell", async () => {
    const { clientId, clientSecret: atlasSecret } = demoServiceAccount
    const account = {
      ATLAS_PUBLIC_KEY: "",
      ATLAS_PRIVATE_KEY: "",
      ATLAS_CLIENT_ID: clientId,
      ATLAS_CLIENT_SECRET: atlasSecret,
    }
    const known = await run(account)
    expect(known.text).toMatch(/^ok {3}Atlas: ".+" works and reaches \d+ project/m)
    expect(known.text).not.toContain("not known")
    simulator.addFault({ match: { path: "/serviceAccounts/" }, fault: { status: 403 } })
    const unknown = await run(account)
    simulator.clearFaults()
    expect(unknown.text).toMatch(
      /^\? {4}Atlas: ".+": its right to create connections in .+ and \d+ more is not known.*\n {5}fix: /m,
    )
    expect([unknown.status, unknown.text]).toEqual([0, expect.not.stringContaining(atlasSecret)])
  })

  test.each<[string, () => Record<string, string>, RegExp[]]>([
    [
      "a wrong secret, redirect URI, Atlas key and database file",
      () => ({
        OIDC_CLIENT_SECRET: "mistyped",
        PUBLIC_URL: "https://desk.example",
        ATLAS_PRIVATE_KEY: "00000000-0000-4000-8000-000000000000",
        DATA_DIR: writeNoDatabase(),
      }),
      [
        /BAD {2}identity provider: it answered invalid_client[\s\S]*OIDC_CLIENT_AUTH/,
        /BAD {2}identity provider: it answered 400[\s\S]*Register https:\/\/desk\.example\/sign-in\/callback/,
        /BAD {2}Atlas: ".+": Atlas rejected the API key/,
        /BAD {2}database: it can't be used: .*\n {5}fix: .*DATA_DIR.*backup/,
      ],
    ],
    [
      "a provider and a database that are not there",
      () => ({ OIDC_ISSUER: "http://127.0.0.1:1", DATABASE_URL: "postgres://desk@127.0.0.1:1/desk" }),
      [
        /BAD {2}identity provider: discovery failed[\s\S]*OIDC_ISSUER/,
        /BAD {2}database: [\s\S]*DATABASE_URL/,
      ],
    ],
    [
      "an incomplete configuration",
      () => ({ OIDC_CLIENT_ID: "" }),
      [/BAD {2}configuration: [\s\S]*OIDC_CLIENT_ID is missing/],
    ],
  ])("says what to fix about %s, and ends with 1", async (_name, change, sentences) => {
    const { status, text } = await run(change())
    for (const words of sentences) expect(text).toMatch(words)
    expect(status).toBe(1)
  })

  test("warns of a SESSION_SECRET that is not the one of the servers over the database", async () => {
    const dataDirectory = join(directory, "shared")
    const store = await openStore({ dataDirectory, clock: systemClock, logger: createLogger("silent") })
    await openAuditLog(store, systemClock, sessionSecret).record(auditSignIn)
    await store.close()
    const warning = /^WARN database: SESSION_SECRET does not open the key of its audit log\./m
    const shared = { DATA_DIR: dataDirectory }
    const another = "another-session-secret-long-enough"
    const rotated = await run({ ...shared, SESSION_SECRET: `${another},${sessionSecret}` })
    expect(rotated.text).not.toMatch(warning)
    expect((await run({ ...shared, SESSION_SECRET: another })).text).toMatch(warning)
  })

  test("says of the database of a newer version what the start says", async () => {
    const dataDirectory = join(directory, "newer")
    const store = await openStore({ dataDirectory, clock: systemClock, logger: createLogger("silent") })
    const later = { name: "9999-later", timestamp: "2026-01-15T12:00:00.000Z" }
    await store.db.insertInto("kysely_migration").values(later).execute()
    await store.close()
    expect((await run({ DATA_DIR: dataDirectory })).text).toMatch(
      /BAD {2}database: .*made by a newer Peering Desk.*\n {5}fix: Start the newer one again/,
    )
  })

  test("warns when this machine's clock and the database's differ", async () => {
    const { databaseUrl = "", open } = await createDatabase()
    const { db } = await open()
    const name = new URL(databaseUrl).pathname.slice(1)
    const clocks = /^WARN clock: .*database/m
    expect((await run({ DATABASE_URL: databaseUrl })).text).not.toMatch(clocks)
    // Found before PostgreSQL's own.
    for (const statement of [
      "create function public.clock_timestamp() returns timestamptz language sql as $$ select pg_catalog.clock_timestamp() + interval '1 minute' $$",
      `alter database ${name} set search_path = public, pg_catalog`,
    ])
      await sql.raw(statement).execute(db)
    expect((await run({ DATABASE_URL: databaseUrl })).text).toMatch(clocks)
  })

  test("signs in at the mail server, and sends nothing", async () => {
    const mailServer = new SMTPServer({
      allowInsecureAuth: true,
      disabledCommands: ["STARTTLS"],
      onAuth: ({ password }, _session, answer) =>
        password === "right" ? answer(null, { user: "desk" }) : answer(new Error("no")),
      onMailFrom: (_from, _session, answer) => answer(new Error("the doctor sends no mail")),
    })
    await new Promise<void>((resolve) => mailServer.listen(0, "127.0.0.1", resolve))
    const { port } = mailServer.server.address() as AddressInfo
    const mail = (password: string) => ({
      SMTP_URL: `smtp://desk:${password}@127.0.0.1:${port}`,
      SMTP_FROM: "desk@example.com",
    })
    expect((await run(mail("right"))).text).toMatch(/^ok {3}mail server: it lets this server in\./m)
    const refused = await run(mail("mistyped"))
    expect(refused.text).toMatch(
      /^BAD {2}mail server: The mail server refused the sign-in \(535\)\.\n {5}fix: .*SMTP_URL/m,
    )
    expect([refused.status, refused.text]).toEqual([1, expect.not.stringContaining("mistyped")])
    await new Promise<void>((resolve) => mailServer.close(() => resolve()))
  })

  test("tells the claims and rights of a person who signs in for the test", async () => {
    const { status, text } = await run({}, { args: ["--sign-in"], onText: signInAs("olivia") })
    expect(text).toMatch(
      /^ok {3}sign-in: Olivia Marsh \(olivia\): groups=\["peering-admins"\]; rights: administrator of everything; refresh token: no\.$/m,
    )
    expect(status).toBe(0)
  })

  test("blames HOST, not the provider, when nothing can listen for the sign-in", async () => {
    const elsewhere = { HOST: "192.0.2.1", PUBLIC_URL: "https://desk.example" }
    const { text } = await run(elsewhere, { args: ["--sign-in"] })
    expect(text).toMatch(
      /^BAD {2}sign-in: nothing can listen: .*EADDRNOTAVAIL.*\n {5}fix: See HOST and PORT\.$/m,
    )
  })

  test("says that no rule fits a person without rights", async () => {
    const { status, text } = await run({}, { args: ["--sign-in"], onText: signInAs("greta") })
    expect(text).toMatch(/^BAD {2}sign-in: Greta Silva .*rights: none[\s\S]*ACCESS_RULES_FILE/m)
    expect(status).toBe(1)
  })
})

function writeNoDatabase(): string {
  const broken = join(directory, "broken")
  mkdirSync(broken)
  writeFileSync(
    join(broken, "peering-desk.sqlite"),
    "this is no database, however long it may be. ".repeat(50),
  )
  return broken
}

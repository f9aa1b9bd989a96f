import { spawn } from "node:child_process"
import { once } from "node:events"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { ownerKey } from "@peering-desk/atlas-simulator"
import pg from "pg"
import { afterAll, beforeAll, expect, test } from "vitest"
import { readConfig } from "#config.ts"
import { bundleProgram } from "#test/support/bundle.ts"
import { useDatabases } from "#test/support/database.ts"
import { openSurroundings, type Surroundings } from "#test/support/surroundings.ts"

const directory = mkdtempSync(join(tmpdir(), "wrong-configurations-"))
const serviceAccount = {
  ATLAS_PUBLIC_KEY: "",
  ATLAS_PRIVATE_KEY: "",
  ATLAS_CLIENT_ID: "mdb_sa_id_0123456789abcdef01234567",
  ATLAS_CLIENT_SECRET: "mdb_sa_sk_0123456789abcdefghijklmnopqrstuvwxyz",
}
const privateKey = "00000000-0000-4000-8000-000000000000"
const roleWithoutCreate = { DATABASE_URL: "" }

interface Row {
  name: string
  change: Record<string, string>
  /** The one line that both print. */
  says: RegExp
}

/** Refused by a start, with one mistake each. */
const refused: Row[] = [
  ...[
    ["PORT", "eighty"],
    ["PORT", "65536"],
    ["PUBLIC_URL", "desk.example"],
    ["PUBLIC_URL", "http://desk.example"],
    ["PUBLIC_URL", "https://desk.example/path"],
    ["HOST", "0.0.0.0"],
    ["TRUST_PROXY", "true"],
    ["TRUST_PROXY", "10.0.0.0/0"],
    ["METRICS_TOKEN", "short"],
    ["LOG_LEVEL", "loud"],
    ["AUDIT_TO_STDOUT", "yes"],
    ["ATLAS_API_VERSION", "v3"],
    ["ATLAS_BASE_URL", "https://evil.example"],
    ["ATLAS_BASE_URL", "http://cloud.mongodb.com"],
    ["ATLAS_OTHER_HOSTS", "https://proxy.example"],
    ["ATLAS_PRIVATE_KEY", ""],
    ["ATLAS_PUBLIC_KEY", privateKey],
    ["OIDC_ISSUER", ""],
    ["OIDC_ISSUER", "sso.example"],
    ["OIDC_CLIENT_ID", ""],
    ["OIDC_CLIENT_SECRET", ""],
    ["OIDC_SCOPES", "profile"],
    ["OIDC_CLIENT_AUTH", "client_secret_basic"],
    ["OIDC_MAX_AGE_MINUTES", "0"],
    ["OIDC_LOGOUT_ALLOWANCES", "anything"],
    ["SESSION_SECRET", "too-short"],
    ["SESSION_SECRET", "a".repeat(40)],
    ["ACCESS_RULES_FILE", ""],
    ["ACCESS_RULES_FILE", "/nowhere"],
    ["ACCESS_RULES_FILE", write("no-rules.json", '{"rules":[{"claim":"groups"}]}')],
    ["APPROVAL_POLICY_FILE", write("no-policy.json", '{"lines":[{"projects":"*"}]}')],
    ["DATABASE_URL", "mysql://desk@localhost/desk"],
  ].map(([name = "", value = ""]) => ({
    name: `${name}=${value.slice(0, 40)}`,
    change: { [name]: value, ...(name === "HOST" && { PUBLIC_URL: "" }) },
    // HOST alone needs an address for browsers.
    says: new RegExp(`^ {2}- ${name === "HOST" ? "PUBLIC_URL" : name}( |$)`, "m"),
  })),
  // With a service account nothing else turns up beside the one mistake.
  ...[
    ["PORT", "eighty"],
    ["PUBLIC_URL", "desk.example"],
    ["TRUST_PROXY", "true"],
    ["METRICS_TOKEN", "short"],
    ["SESSION_SECRET", "too-short"],
    ["ATLAS_CLIENT_SECRET", ""],
    ["OIDC_CLIENT_SECRET", ""],
    ["ATLAS_API_VERSION", "v3"],
  ].map(([name = "", value = ""]) => ({
    name: `${name}=${value} with a service account`,
    change: { ...serviceAccount, [name]: value },
    says: new RegExp(`^ {2}- ${name}( |$)`, "m"),
  })),
  {
    name: "a service account on v1.0",
    change: { ...serviceAccount, ATLAS_API_VERSION: "v1.0" },
    says: /^ {2}- ATLAS_CLIENT_ID is a service account/m,
  },
  {
    name: "an API key and a service account at once",
    change: {
      ...serviceAccount,
      ATLAS_PUBLIC_KEY: ownerKey.publicKey,
      ATLAS_PRIVATE_KEY: ownerKey.privateKey,
    },
    says: /^ {2}- .*keep one way/m,
  },
]

/** Refused by a start when it opens the database. */
const unusable: Row[] = [
  {
    name: "a DATA_DIR below a folder that can't hold it",
    change: { DATA_DIR: "/sys/peering-desk/data" },
    says: /EACCES|EPERM|EROFS/,
  },
  {
    name: "a DATA_DIR below a folder that answers as if it were not there",
    change: { DATA_DIR: "/proc/peering-desk/data" },
    says: /ENOENT/,
  },
  { name: "a DATA_DIR that is a file", change: { DATA_DIR: write("a-file", "") }, says: /EEXIST|ENOTDIR/ },
  {
    name: "a PostgreSQL role that can't create tables",
    change: roleWithoutCreate,
    says: /permission denied for schema/,
  },
]

/** Accepted by a start, with a warning. */
const warned: Row[] = [
  {
    name: "access rules without a rule",
    change: { ACCESS_RULES_FILE: write("empty.json", '{"rules":[]}') },
    says: /ACCESS_RULES_FILE has no rule\. Nobody can use this server\./,
  },
  ...[
    ["STREAM_PER_USER", "STREAMS_PER_USER"],
    ["OIDC_SCOEPS", "OIDC_SCOPES"],
    ["METRICS_TOKEN_FIEL", "METRICS_TOKEN_FILE"],
    ["APPROVAL_POLICY", "APPROVAL_POLICY_FILE"],
  ].map(([written = "", meant = ""]) => ({
    name: `${written} for ${meant}`,
    change: { [written]: "7" },
    says: new RegExp(`${written} is not a setting and has no effect\\. Is ${meant} meant\\?`),
  })),
  {
    name: "certificates that are not checked",
    change: { NODE_TLS_REJECT_UNAUTHORIZED: "0" },
    says: /NODE_TLS_REJECT_UNAUTHORIZED=0 turns off the check of certificates.*NODE_EXTRA_CA_CERTS/,
  },
  {
    name: "an https address without a trusted proxy",
    change: { PUBLIC_URL: "https://desk.example", TRUST_PROXY: "" },
    says: /PUBLIC_URL is https, and TRUST_PROXY trusts no proxy\. Nobody can sign in/,
  },
  {
    name: "a usual life of API tokens above the longest one",
    change: { API_TOKEN_DAYS: "400" },
    says: /API_TOKEN_DAYS is above API_TOKEN_MAX_DAYS, which counts instead\./,
  },
  {
    name: "more time for headers than for the whole request",
    change: { HEADERS_TIMEOUT_SECONDS_FILE: write("headers-seconds", "30") },
    says: /HEADERS_TIMEOUT_SECONDS is above REQUEST_TIMEOUT_SECONDS, which counts instead\./,
  },
  ...["ATLAS_PROJECT", "SMTP_PASSWORD", "RATE_READS_PER_PERSON", "POLL_SECONDS"].map((written) => ({
    name: `${written}, which does not exist`,
    change: { [written]: "7" },
    says: new RegExp(`${written} is not a setting and has no effect\\.`),
  })),
]

let programs: { main: string; doctor: string }
let world: Surroundings
let environment: Record<string, string>
const createDatabase = useDatabases("postgres")

beforeAll(async () => {
  programs = {
    main: await bundleProgram("src/main.ts", "wrong-configurations-main"),
    doctor: await bundleProgram("src/doctor.ts", "wrong-configurations-doctor"),
  }
  world = await openSurroundings({ speed: 0 })
  environment = { ...world.environment, PORT: "0" }
  const { databaseUrl = "" } = await createDatabase()
  roleWithoutCreate.DATABASE_URL = await createRoleWithoutCreate(databaseUrl)
})
afterAll(async () => {
  await world.close()
  rmSync(directory, { recursive: true })
})

function write(name: string, content: string): string {
  const path = join(directory, name)
  writeFileSync(path, content)
  return path
}

/** Creates a role that may connect and nothing else, as PostgreSQL 15 does by default. Returns its URL. */
async function createRoleWithoutCreate(url: string): Promise<string> {
  const client = new pg.Client(url)
  await client.connect()
  const { rows } = await client.query<{ role: string }>(
    "select 'reader_' || substr(md5(random()::text), 1, 8) as role",
  )
  const role = rows[0]?.role ?? ""
  await client.query(`create role ${role} login`)
  await client.query("revoke create on schema public from public")
  await client.end()
  const other = new URL(url)
  other.username = role
  return other.href
}

interface Outcome {
  status: number | null
  text: string
}

/** Runs a program to its end, or until a server listens, which is a status of 0. */
async function run(program: string, change: Record<string, string>): Promise<Outcome> {
  const folder = mkdtempSync(join(directory, "run-"))
  const child = spawn(process.execPath, [program], {
    cwd: folder,
    env: { ...environment, DATA_DIR: join(folder, "data"), ...change },
    stdio: ["ignore", "pipe", "pipe"],
  })
  let text = ""
  let listens = false
  for (const pipe of [child.stdout, child.stderr])
    pipe.on("data", (part: Buffer) => {
      text += part.toString()
      // Warnings follow in the same turn.
      if (text.includes('"msg":"Listening"') && /v1\.0, which MongoDB/.test(text)) {
        listens = true
        child.kill("SIGKILL")
      }
    })
  const [status] = (await once(child, "close")) as [number | null]
  return { status: listens ? 0 : status, text }
}

const runBoth = async ({ change }: Row) =>
  await Promise.all([run(programs.main, change), run(programs.doctor, change)])

test("the table holds fifty wrong configurations or more", () => {
  expect(refused.length + unusable.length + warned.length).toBeGreaterThanOrEqual(50)
  expect(printed).toHaveLength(3)
})

test.each(refused)("readConfig refuses $name with that one mistake", ({ change, says }) => {
  const read = () => readConfig({ ...environment, ...change })
  expect(read).toThrow(says)
  expect(read).toThrow("The configuration has 1 mistake:")
})

// Both print what `readConfig` throws: a row of each kind shows it.
const printed = refused.filter(({ name }) =>
  ["PORT=eighty", "ACCESS_RULES_FILE=/nowhere", "a service account on v1.0"].includes(name),
)
test.each(printed)("start and the doctor end with the mistake of $name", async (row) => {
  const [start, doctor] = await runBoth(row)
  for (const { status, text } of [start, doctor]) {
    expect(text).toMatch(row.says)
    expect(text).toContain("The configuration has 1 mistake:")
    expect(status).toBe(1)
  }
  expect(doctor.text).toMatch(/^BAD {2}configuration/)
  expect(doctor.text).not.toMatch(/^ok {3}configuration/m)
})

test.each(unusable)("start and the doctor refuse $name", async (row) => {
  const [start, doctor] = await runBoth(row)
  expect([start.status, doctor.status]).toEqual([1, 1])
  expect(start.text).toMatch(row.says)
  expect(doctor.text).toMatch(/^BAD {2}database: /m)
  expect(doctor.text).toMatch(row.says)
})

test.each(warned)("start and the doctor warn of $name", async (row) => {
  const [start, doctor] = await runBoth(row)
  expect(start.status).toBe(0)
  expect(start.text).toMatch(row.says)
  expect(doctor.text).toMatch(/^WARN configuration: /m)
  expect(doctor.text).toMatch(row.says)
  expect(doctor.text).not.toMatch(/^ok {3}configuration/m)
})

test("readConfig does not warn of a default above a bound that is set lower", () => {
  const bounds = { API_TOKEN_MAX_DAYS: "30", REQUEST_TIMEOUT_SECONDS: "5" }
  expect(readConfig({ ...environment, ...bounds }).warnings).toEqual([])
})

import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import express from "express"
import { toCount } from "@peering-desk/peering-rules"
import { afterAll, describe, expect, test } from "vitest"
import { readConfig } from "./config.ts"

const directory = mkdtempSync(join(tmpdir(), "config-"))
afterAll(() => rmSync(directory, { recursive: true }))
const rules = { rules: [{ claim: "groups", equals: "security", role: "auditor" }] }
const keys = {
  ATLAS_PUBLIC_KEY: "abcdefgh",
  ATLAS_PRIVATE_KEY: "canary-of-the-private-key",
  OIDC_ISSUER: "https://sso.example/realms/team",
  OIDC_CLIENT_ID: "peering-desk",
  OIDC_CLIENT_SECRET: "canary-of-the-client-secret",
  ACCESS_RULES_FILE: write("access-rules.json", JSON.stringify(rules)),
  SESSION_SECRET: "canary-of-the-session-secret-long-enough",
}

function write(name: string, content: string): string {
  const path = join(directory, name)
  writeFileSync(path, content)
  return path
}

/** The lines that say what is wrong. */
function mistakes(environment: Record<string, string>): string[] {
  try {
    readConfig(environment)
    return []
  } catch (error) {
    const [first, ...lines] = (error as Error).message.split("\n")
    if (first !== `The configuration has ${toCount(lines.length, "mistake")}:`) throw error
    return lines.map((line) => line.replace("  - ", ""))
  }
}

test("a misspelt variable is named beside the one that is missing", () => {
  const { OIDC_ISSUER: issuer, ...others } = keys
  expect(mistakes({ ...others, OIDC_ISUER: issuer })).toEqual([
    expect.stringMatching(/^OIDC_ISSUER is missing/),
    "OIDC_ISUER is not a setting and has no effect. Is OIDC_ISSUER meant?",
  ])
})

test("the configuration needs an API key, an identity provider, access rules and a session secret", () => {
  const { atlas, limits: _limits, ...rest } = readConfig(keys)
  expect(rest).toEqual({
    warnings: [],
    approvalPolicy: null,
    host: "127.0.0.1",
    port: 8080,
    publicUrl: new URL("http://127.0.0.1:8080"),
    origins: ["http://127.0.0.1:8080", "http://localhost:8080"],
    trustProxy: 0,
    signIn: {
      issuer: keys.OIDC_ISSUER,
      clientId: "peering-desk",
      clientSecret: keys.OIDC_CLIENT_SECRET,
      clientAuth: null,
      scopes: "openid profile email",
      maxAgeSeconds: null,
      acrValues: [],
      usesUserInfo: true,
      organisation: null,
      logoutAllowances: [],
      accessRules: rules,
      sessionSecrets: [keys.SESSION_SECRET],
    },
    demo: null,
    store: { databaseUrl: undefined, dataDirectory: ".data" },
    notifications: { mail: null, insideHosts: [] },
    clouds: { readEveryMs: 900_000, templateUrl: null },
    metricsToken: null,
    logLevel: "info",
    auditToStdout: true,
  })
  expect(atlas).toMatchObject({ baseUrl: new URL("https://cloud.mongodb.com"), apiVersion: null })
  expect(atlas.credentials.map(({ label, maskedId }) => [label, maskedId])).toHaveLength(1)
})

test("the configuration takes a demo's simulator only for a simulated Atlas, and never in production", () => {
  const demo = {
    ...keys,
    ATLAS_BASE_URL: "http://127.0.0.1:8081",
    DEMO_SIMULATOR_URL: "http://127.0.0.1:8081",
  }
  expect(readConfig(demo).demo).toEqual({ simulatorUrl: new URL("http://127.0.0.1:8081") })
  const refused = [
    "DEMO_SIMULATOR_URL is for the demo only: not with NODE_ENV=production, and with an Atlas simulated on this machine",
  ]
  expect(mistakes({ ...demo, NODE_ENV: "production" })).toEqual(refused)
  expect(mistakes({ ...demo, ATLAS_BASE_URL: "https://cloud.mongodb.com" })).toEqual(refused)
  expect(mistakes({ ...demo, DEMO_SIMULATOR_URL: "https://simulator.example" })).toEqual(refused)
})

test("the configuration error lists every mistake at once", () => {
  const all = {
    PORT: "eighty",
    PUBLIC_URL: "desk.example",
    ATLAS_BASE_URL: "ftp://cloud.mongodb.com",
    ATLAS_API_VERSION: "v3",
    LOG_LEVEL: "loud",
    METRICS_TOKEN: "short",
    OIDC_LOGOUT_ALLOWANCES: "anything",
  }
  const names = mistakes(all).map((line) => line.split(" ")[0])
  expect(new Set(names)).toEqual(
    new Set([
      ...Object.keys(all),
      "ATLAS_PUBLIC_KEY",
      "OIDC_ISSUER",
      "OIDC_CLIENT_ID",
      "OIDC_CLIENT_SECRET",
      "ACCESS_RULES_FILE",
      "SESSION_SECRET",
    ]),
  )
})

describe("the configuration refuses", () => {
  test.each(["0.0.0.0", "::", "192.168.1.10"])("HOST %s without PUBLIC_URL", (HOST) => {
    expect(mistakes({ ...keys, HOST })).toEqual([
      "PUBLIC_URL is missing: how browsers reach this server, since HOST is not this machine alone",
    ])
    expect(mistakes({ ...keys, HOST, PUBLIC_URL: "https://desk.example" })).toEqual([])
  })

  test.each([
    ["SESSION_SECRET", "too-short"],
    ["SESSION_SECRET", `${keys.SESSION_SECRET},too-short`],
    ["SESSION_SECRET", `${keys.SESSION_SECRET},${keys.SESSION_SECRET}`],
    ["SESSION_SECRET", "a".repeat(32)],
    ["SESSION_SECRET", "0123456789abcdef".repeat(2)],
    ["ACCESS_RULES_FILE", "/nowhere"],
    ["ACCESS_RULES_FILE", write("no-rules.json", '{"rules":[{"claim":"groups"}]}')],
    ["APPROVAL_POLICY_FILE", "/nowhere"],
    ["APPROVAL_POLICY_FILE", write("no-policy.json", '{"lines":[{"projects":"*"}]}')],
    ["ATLAS_CREDENTIALS_FILE", "/nowhere"],
  ])("%s=%s", (name, value) => {
    expect(mistakes({ ...keys, [name]: value }).join("\n")).toContain(name)
  })

  test.each([
    ["HOST", "127.0.0.1:8080"],
    ["HOST", "http://0.0.0.0"],
    ["HOST", "[::]"],
    ["PORT", "65536"],
    ["PORT", "-1"],
    ["PORT", "8080.5"],
    ["PORT", " 8080"],
    ["PUBLIC_URL", "javascript:alert(1)"],
    ["ATLAS_BASE_URL", "https://"],
    ["ATLAS_BASE_URL", "https://user:canary@cloud.mongodb.com"],
    ["ATLAS_API_VERSION", "2023-01-02"],
    ["LOG_LEVEL", "INFO"],
    ["AUDIT_TO_STDOUT", "yes"],
    ["PUBLIC_URL", "http://desk.example"],
    ["PUBLIC_URL", "https://desk.example/path"],
    ["PUBLIC_URL", "https://desk.example/?x=1"],
    ["PUBLIC_URL", "https://desk.example/#here"],
    ["ATLAS_BASE_URL", "http://cloud.mongodb.com"],
    ["ATLAS_BASE_URL", "http://127.0.0.1.example"],
    ["ATLAS_BASE_URL", "https://cloud.mongodb.com/api/atlas/v2"],
    ["ATLAS_BASE_URL", "https://evil.example"],
    ["ATLAS_BASE_URL", "https://cloud.mongodb.com.evil.example"],
    ["ATLAS_OTHER_HOSTS", "https://proxy.example"],
    ["ATLAS_OTHER_HOSTS", "proxy.example,,other.example"],
    ["ATLAS_OTHER_HOSTS", "*.example"],
    ["OIDC_ISSUER", "http://sso.example"],
    ["OIDC_ISSUER", "sso.example"],
    ["OIDC_SCOPES", "profile email"],
    ["OIDC_SCOPES", "openid-connect"],
    ["OIDC_ACR_VALUES", "phr,mfa"],
    ["OIDC_CLIENT_AUTH", "client_secret_basic"],
    ["OIDC_MAX_AGE_MINUTES", "0"],
    ["OIDC_USERINFO", "always"],
    ["DATABASE_URL", "not a url"],
    ["DATABASE_URL", "mysql://desk@localhost/desk"],
    ["DATABASE_URL", "postgres://"],
    ["DATABASE_URL", "postgres://desk:pass#word@db.example/desk"],
    ["DATABASE_URL", "postgres://desk:pass/word@db.example/desk"],
    ["DATABASE_URL", "postgres://pass#word@db.example/desk"],
    ["DATABASE_URL", "postgres://desk:pass@wo/rd@db.example/desk"],
    ["DATABASE_URL", "postgres://desk:pass@wo?rd@db.example/desk"],
    ["DATABASE_URL", "postgres://desk:pass@wo#rd@db.example/desk"],
    ["DATABASE_URL", "postgres://desk:pass%word@db.example/desk"],
    ["METRICS_TOKEN", " ".repeat(16)],
    ["METRICS_TOKEN", "sixteen characters"],
    ["METRICS_TOKEN", "short"],
    ["TRUST_PROXY", "true"],
    ["TRUST_PROXY", "nonsense"],
    ["TRUST_PROXY", "100"],
    ["TRUST_PROXY", "-1"],
    ["TRUST_PROXY", "loopback,1"],
    ["TRUST_PROXY", "10.1"],
    ["TRUST_PROXY", "10.0.0.0/33"],
    ["TRUST_PROXY", "10.0.0.0/0"],
    ["TRUST_PROXY", "10.0.0.0/8/8"],
    ["TRUST_PROXY", "loopback,,uniquelocal"],
  ])("%s=%s", (name, value) => {
    const lines = mistakes({ ...keys, [name]: value })
    expect(lines).toHaveLength(1)
    expect(lines[0]?.startsWith(`${name} must be `)).toBe(true)
  })
})

test("plain HTTP is accepted for every name of this machine", () => {
  for (const host of ["127.0.0.1", "127.0.0.2", "localhost", "[::1]"]) {
    const url = `http://${host}:8080`
    const given = { PUBLIC_URL: url, ATLAS_BASE_URL: url, OIDC_ISSUER: url }
    expect(mistakes({ ...keys, ...given, HOST: host.replace(/[[\]]/g, "") })).toEqual([])
  }
  expect(mistakes({ ...keys, HOST: "127.0.0.2" })).toEqual([])
})

test("ATLAS_BASE_URL may name a host of ATLAS_OTHER_HOSTS and no other", () => {
  const hosts = { ATLAS_OTHER_HOSTS: "egress.example, Atlas-Proxy.internal" }
  for (const url of [
    "https://egress.example:8443",
    "https://atlas-proxy.internal",
    "https://cloud.mongodb.com",
  ])
    expect(mistakes({ ...keys, ...hosts, ATLAS_BASE_URL: url })).toEqual([])
  expect(mistakes({ ...keys, ...hosts, ATLAS_BASE_URL: "https://sub.egress.example" })).toHaveLength(1)
})

test.each([
  ["DATABASE_URL", "postgresql://desk:a%20word@db.example:5432/desk?sslmode=verify-full"],
  ["DATABASE_URL", "postgres://desk@/desk?host=/var/run/postgresql"],
  ["METRICS_TOKEN", "abcDEF0123456789-._~+/=="],
  ["HOST", "my_host"],
  ["NOTIFICATION_INSIDE_HOSTS", "chat_relay,hooks.example"],
  ["OIDC_SCOPES", "profile openid groups"],
  ["ATLAS_BASE_URL", "https://cloud.mongodbgov.com/"],
  ["PUBLIC_URL", "https://desk.example:8443/"],
])("takes %s=%s", (name, value) => {
  expect(mistakes({ PUBLIC_URL: "https://desk.example", ...keys, [name]: value })).toEqual([])
})

describe("TRUST_PROXY", () => {
  /** Whether Express would go on past that address, so many hops away from us. */
  function believes(TRUST_PROXY: string, address: string, hop = 0): boolean {
    const app = express()
    app.set("trust proxy", readConfig({ ...keys, TRUST_PROXY }).trustProxy)
    const trusts = app.get("trust proxy fn") as (address: string, hop: number) => boolean
    return trusts(address, hop)
  }

  test("trusts a number of proxies wherever they are", () => {
    expect([0, 1, 2].map((hop) => believes("2", "203.0.113.7", hop))).toEqual([true, true, false])
    expect(believes("0", "127.0.0.1")).toBe(false)
  })

  test.each([
    ["loopback", "127.0.0.1", "10.0.0.1"],
    ["loopback, 10.0.0.0/8", "10.0.0.1", "192.168.0.1"],
    ["uniquelocal,linklocal", "169.254.0.1", "127.0.0.1"],
    ["192.0.2.1", "192.0.2.1", "192.0.2.2"],
    ["2001:db8::/32,::1", "2001:db8::7", "2001:db9::7"],
  ])("trusts %s: %s, and not %s", (given, proxy, stranger) => {
    expect([believes(given, proxy), believes(given, stranger)]).toEqual([true, false])
  })
})

describe("a value from a file", () => {
  test("is read without its trailing line break", () => {
    const { ATLAS_PRIVATE_KEY: _key, ...rest } = keys
    const { atlas } = readConfig({
      ...rest,
      ATLAS_PRIVATE_KEY_FILE: write("key", "canary-of-the-private-key\n"),
    })
    expect(atlas.credentials[0]?.reveal()).toMatchObject({ privateKey: "canary-of-the-private-key" })
  })

  test("works for every variable", () => {
    expect(readConfig({ ...keys, PORT_FILE: write("port", "9090") }).port).toBe(9090)
  })

  test.each([
    ["both ways at once", { ATLAS_PRIVATE_KEY_FILE: write("second", "x") }, "are both set; keep one"],
    [
      "in a file that is not there",
      { ATLAS_PUBLIC_KEY_FILE: "/nowhere", ATLAS_PUBLIC_KEY: "" },
      "that ATLAS_PUBLIC_KEY_FILE names (ENOENT)",
    ],
    [
      "in a directory",
      { ATLAS_PUBLIC_KEY_FILE: directory, ATLAS_PUBLIC_KEY: "" },
      "that ATLAS_PUBLIC_KEY_FILE names (EISDIR)",
    ],
    [
      "as the path of a rules file that is not there",
      { ACCESS_RULES_FILE: "/nowhere" },
      "ACCESS_RULES_FILE names a file that can't be read (ENOENT)",
    ],
    ["in an empty file", { ATLAS_PUBLIC_KEY_FILE: write("empty", "\n"), ATLAS_PUBLIC_KEY: "" }, "is missing"],
  ])("is refused %s, in one line", (_, given, words) => {
    const lines = mistakes({ ...keys, ...given })
    expect(lines).toHaveLength(1)
    expect(lines[0]).toContain(words)
  })
})

test("configuration errors never quote a value, not even a misplaced one", () => {
  const canary = "canary-of-the-private-key"
  for (const name of [
    "PORT",
    "PUBLIC_URL",
    "ATLAS_BASE_URL",
    "ATLAS_API_VERSION",
    "OIDC_ISSUER",
    "LOG_LEVEL",
  ]) {
    for (const given of [
      { [name]: canary },
      { [`${name}_FILE`]: canary },
      { [name]: canary, [`${name}_FILE`]: canary },
    ]) {
      const lines = mistakes({ ...keys, ...given })
      expect(lines.length).toBeGreaterThan(0)
      expect(lines.join("\n")).not.toContain("canary")
    }
  }
})

test.each([
  ["an API key", "5ec2e7ca-b0b0-4a1b-9c3d-canary0private"],
  ["a service account's secret", "mdb_sa_sk_canary-of-the-service-account"],
  ["the file of the credentials", '{"credentials":[{"publicKey":"a","privateKey":"canary-of-the-key"}]}'],
  ["JSON cut short", '{"rules":[{"claim":"canary'],
  ["a secret in the place of a name", '{"canary-of-the-private-key":1,"rules":[{"canary-2":1}]}'],
])("configuration errors never quote the rules file when it holds %s", (_, content) => {
  const lines = mistakes({ ...keys, ACCESS_RULES_FILE: write("wrong-rules.json", content) })
  expect(lines).toHaveLength(1)
  expect(lines[0]).toMatch(/^ACCESS_RULES_FILE /)
  expect(lines[0]).not.toContain("canary")
})

test("every name of this machine and the public URL are accepted origins", () => {
  expect(
    readConfig({ ...keys, HOST: "::1", PORT: "80", PUBLIC_URL: "https://desk.example" }).origins,
  ).toEqual(["http://[::1]", "http://127.0.0.1", "http://localhost", "https://desk.example"])
})

test("PORT 0 takes any free port when PUBLIC_URL says how browsers reach it", () => {
  const atAnyPort = { ...keys, PORT: "0" }
  expect(readConfig({ ...atAnyPort, PUBLIC_URL: "http://127.0.0.1:9000" })).toMatchObject({
    port: 0,
    origins: ["http://127.0.0.1:9000"],
  })
  expect(() => readConfig(atAnyPort)).toThrow("PUBLIC_URL is missing")
})

describe("PostgreSQL without TLS", () => {
  const warnings = (DATABASE_URL: string) => readConfig({ ...keys, DATABASE_URL }).warnings

  test.each([
    "postgres://desk:canary@db.example/desk",
    "postgres://desk:canary@db.example/desk?sslmode=disable",
    "postgres://desk:canary@10.0.0.5/desk?sslmode=prefer",
  ])("the configuration warns of %s without showing its password", (url) => {
    expect(warnings(url)).toEqual([
      "DATABASE_URL asks for no TLS. The connection to PostgreSQL is not encrypted; sslmode=verify-full encrypts it.",
    ])
  })

  test.each([
    "postgres://desk@db.example/desk?sslmode=verify-full&sslrootcert=/etc/ssl/db.pem",
    "postgres://desk@db.example/desk?sslmode=require",
    "postgres://desk@127.0.0.1/desk",
    "postgres://desk@localhost/desk?host=%2Fvar%2Frun%2Fpostgresql",
  ])("the configuration does not warn of %s", (url) => {
    expect(warnings(url)).toEqual([])
  })
})

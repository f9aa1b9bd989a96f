import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { inspect } from "node:util"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { parseCredentials } from "./credentials.ts"

const canary = "c4a4a41e-1111-4222-8333-944444444444"
const accountSecret = "mdb_sa_sk_canary-canary-canary-canary"
const project = "64b1f0a27c3d5e4f8a9b0c1d"
const otherProject = "64b1f0a27c3d5e4f8a9b0c2e"
const key = { publicKey: "ewmaqvde", privateKey: canary }
const account = { clientId: "mdb_sa_id_64b1f0a27c3d5e4f8a9b0c1d", clientSecret: accountSecret }

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "credentials-"))
  writeFileSync(join(folder, "secret"), ` ${canary}\n`)
  writeFileSync(join(folder, "empty"), "\n")
})
afterAll(() => rmSync(folder, { recursive: true }))

function readFile(content: unknown, apiVersion: "v1.0" | "2023-01-01" = "2023-01-01") {
  const path = join(folder, "credentials.json")
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content))
  return parseCredentials({ ATLAS_CREDENTIALS_FILE: path }, apiVersion)
}
const readEntries = (...credentials: unknown[]) => readFile({ credentials })

describe("one credential from the environment", () => {
  test("an API key serves every project", () => {
    const { credentials, mistakes } = parseCredentials(
      { ATLAS_PUBLIC_KEY: key.publicKey, ATLAS_PRIVATE_KEY: key.privateKey },
      "v1.0",
    )
    expect(mistakes).toEqual([])
    expect(credentials).toMatchObject([
      { label: "default", kind: "digest", projects: "*", maskedId: "ew…qvde" },
    ])
    expect(credentials[0]?.reveal()).toEqual(key)
  })

  test.each([canary, accountSecret])(
    "a secret pasted as the public key shows two characters: %s",
    (secret) => {
      const { credentials } = parseCredentials(
        { ATLAS_PUBLIC_KEY: secret, ATLAS_PRIVATE_KEY: key.privateKey },
        "v1.0",
      )
      expect(credentials[0]?.maskedId).toBe(`${secret.slice(0, 2)}…`)
    },
  )

  test("a service account is refused on v1.0 only where ATLAS_API_VERSION asks for it", () => {
    const variables = { ATLAS_CLIENT_ID: account.clientId, ATLAS_CLIENT_SECRET: account.clientSecret }
    expect(parseCredentials(variables, "v1.0").mistakes).toEqual([
      "ATLAS_CLIENT_ID is a service account, which Atlas does not accept on v1.0: remove ATLAS_API_VERSION=v1.0",
    ])
    const { credentials, mistakes } = parseCredentials(variables, undefined)
    expect(mistakes).toEqual([])
    expect(credentials).toMatchObject([{ kind: "service-account", maskedId: "mdb_sa_id_64…0c1d" }])
  })

  test.each<[string, Record<string, string>, string[]]>([
    ["nothing", {}, ["ATLAS_PUBLIC_KEY and ATLAS_PRIVATE_KEY are missing"]],
    [
      "half a key",
      { ATLAS_PUBLIC_KEY: "ewmaqvde" },
      ["ATLAS_PRIVATE_KEY (or ATLAS_PRIVATE_KEY_FILE) is missing"],
    ],
    ["half an account", { ATLAS_CLIENT_SECRET: accountSecret }, ["ATLAS_CLIENT_ID is missing"]],
    [
      "a key, an account and a file",
      {
        ATLAS_PUBLIC_KEY: "ewmaqvde",
        ATLAS_CLIENT_ID: account.clientId,
        ATLAS_CREDENTIALS_FILE: "/nowhere/credentials.json",
      },
      ["keep one way", "ATLAS_PRIVATE_KEY", "ATLAS_CLIENT_SECRET", "can't be read"],
    ],
    [
      "swapped halves",
      { ATLAS_PUBLIC_KEY: canary, ATLAS_PRIVATE_KEY: "ewmaqvde" },
      ["ATLAS_PUBLIC_KEY looks like a private key"],
    ],
    ["the same twice", { ATLAS_PUBLIC_KEY: "ewmaqvde", ATLAS_PRIVATE_KEY: "ewmaqvde" }, ["are the same"]],
    [
      "a line break inside",
      { ATLAS_PUBLIC_KEY: "ewm\naqvde", ATLAS_PRIVATE_KEY: `${canary} x` },
      ["ATLAS_PUBLIC_KEY must be one word", "ATLAS_PRIVATE_KEY must be one word"],
    ],
    [
      "a secret as the id",
      { ATLAS_CLIENT_ID: accountSecret, ATLAS_CLIENT_SECRET: account.clientId },
      ["must begin with mdb_sa_id_"],
    ],
  ])("reports %s", (_name, variables, expected) => {
    const { mistakes } = parseCredentials(variables, "2023-01-01")
    expect(mistakes).toHaveLength(expected.length)
    for (const [index, part] of expected.entries()) expect(mistakes[index]).toContain(part)
    expect(mistakes.join()).not.toMatch(/canary|c4a4a41e/)
  })
})

describe("a credentials file", () => {
  test("has API keys and service accounts, with secrets or paths to secrets", () => {
    const { credentials, mistakes } = readEntries(
      { label: "prod", ...key, privateKey: undefined, privateKeyFile: "secret", projects: [project] },
      { label: "Everything else (SA)", ...account, projects: "*" },
    )
    expect(mistakes).toEqual([])
    expect(credentials.map((one) => one.reveal())).toEqual([key, account])
    expect(credentials.map(({ label, projects }) => [label, projects])).toEqual([
      ["prod", [project]],
      ["Everything else (SA)", "*"],
    ])
  })

  test("may begin with a byte order mark, as files of rules may", () => {
    const content = { credentials: [{ label: "prod", ...key, projects: "*" }] }
    expect(readFile(`\uFEFF${JSON.stringify(content)}`).mistakes).toEqual([])
  })

  test("reports every mistake of every credential", () => {
    const { mistakes } = readEntries(
      { label: "a", ...key, projects: [project] },
      { label: "a", ...key, projects: [project, otherProject] },
      { label: "b", publicKey: "simreads", privateKey: "x", privateKeyFile: "secret", projects: "*" },
      { label: "c", ...key, ...account, projects: "*" },
      { label: "d", projects: "*" },
      { label: "e", publicKey: "simscope", privateKeyFile: canary, projects: "*" },
      { label: "f", clientId: "mdb_sa_id_2", clientSecretFile: "empty", projects: "*" },
      { label: "g", publicKey: "x", privateKey: "y", projects: ["PROD"], privatKey: canary, [canary]: 1 },
      { publicKey: 7, projects: "all" },
      "prod",
    )
    const at = "ATLAS_CREDENTIALS_FILE: credentials"
    expect(mistakes).toEqual([
      `${at}[3].privateKey and credentials[3].privateKeyFile are both given; keep one`,
      `${at}[4] has both an API key (publicKey, privateKey) and a service account (clientId, clientSecret)`,
      `${at}[5] has neither an API key (publicKey, privateKey) nor a service account (clientId, clientSecret)`,
      `${at}[6].privateKeyFile names a file that can't be read (ENOENT)`,
      `${at}[7].clientSecret (or clientSecretFile) is missing or empty`,
      `${at}[8].projects[1] An Atlas id has 24 hexadecimal digits (0-9, a-f)`,
      `${at}[8] has fields that do not belong there: "privatKey", one that is no plain word`,
      `${at}[9].label is missing: the name people know this credential by`,
      `${at}[9].publicKey must be a text`,
      `${at}[9].projects must be "*" or a list of project ids of 24 hexadecimal digits (0-9, a-f) each`,
      `${at}[10] must be an object`,
      'ATLAS_CREDENTIALS_FILE: the label "a" is given more than once',
      `${at}[1].publicKey and ${at}[2].publicKey are the same key`,
      `ATLAS_CREDENTIALS_FILE: project ${project} is named more than once: by "a" and by "a"`,
    ])
    expect(mistakes.join()).not.toContain(canary)
  })

  test.each<[string, unknown, string]>([
    ["text that is not JSON", `{"credentials": [{"privateKey": "${canary}"`, "the file is not JSON"],
    [
      "JSON with a comma before its end",
      `{"credentials": [{"label": "${canary}",\n}]}`,
      "the file is not JSON: see line 2",
    ],
    ["a list", [key], "the file must be an object"],
    ["null", null, "the file must be an object"],
    ["an object without the list", { keys: [key] }, "credentials must be a list"],
    ["an empty list", { credentials: [] }, "credentials is empty"],
  ])("is refused with %s", (_name, content, expected) => {
    const { credentials, mistakes } = readFile(content)
    expect(credentials).toEqual([])
    expect(mistakes).toHaveLength(1)
    expect(mistakes[0]).toContain(expected)
    expect(mistakes.join()).not.toContain(canary)
  })

  test("reports the account that needs the newer API", () => {
    const content = { credentials: [{ label: "sa", ...account, projects: "*" }] }
    expect(readFile(content, "v1.0").mistakes).toEqual([
      expect.stringContaining("credentials[1].clientId is a service account"),
    ])
  })
})

test("inspecting a credential does not show its secret", () => {
  const { credentials } = readEntries(
    { label: "prod", ...key, projects: [project] },
    { label: "sa", ...account, projects: "*" },
  )
  expect(credentials).toHaveLength(2)
  const everything = inspect(credentials, { depth: Infinity, showHidden: true }) + JSON.stringify(credentials)
  expect(everything).not.toMatch(/canary|c4a4a41e/)
  expect(everything).not.toContain(key.publicKey)
})

import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, describe, expect, test } from "vitest"
import { readConfig } from "./config.ts"

const keys = { ATLAS_PUBLIC_KEY: "abcdefgh", ATLAS_PRIVATE_KEY: "canary-of-the-private-key" }
const directory = mkdtempSync(join(tmpdir(), "config-"))
afterAll(() => rmSync(directory, { recursive: true }))

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
    if (first !== `The configuration has ${lines.length} mistake(s):`) throw error
    return lines.map((line) => line.replace("  - ", ""))
  }
}

test("needs nothing but an API key", () => {
  expect(readConfig(keys)).toEqual({
    host: "127.0.0.1",
    port: 8080,
    origins: ["http://127.0.0.1:8080", "http://localhost:8080"],
    atlas: {
      baseUrl: new URL("https://cloud.mongodb.com"),
      apiVersion: "v1.0",
      credential: { publicKey: "abcdefgh", privateKey: "canary-of-the-private-key" },
    },
    logLevel: "info",
  })
})

test("tells every mistake at once", () => {
  const all = {
    HOST: "0.0.0.0",
    PORT: "eighty",
    PUBLIC_URL: "desk.example",
    ATLAS_BASE_URL: "ftp://cloud.mongodb.com",
    ATLAS_API_VERSION: "v3",
    LOG_LEVEL: "loud",
  }
  const names = mistakes(all).map((line) => line.split(" ")[0])
  expect(names).toEqual([
    ...Object.keys(all).slice(0, 5),
    "ATLAS_PUBLIC_KEY",
    "ATLAS_PRIVATE_KEY",
    "LOG_LEVEL",
  ])
})

describe("refuses", () => {
  test.each(["0.0.0.0", "::", "192.168.1.10", "desk.example", "127.0.0.1.evil.example"])(
    "to listen on %s, and says why",
    (HOST) => {
      expect(mistakes({ ...keys, HOST })).toEqual([
        "HOST must be 127.0.0.1, ::1 or localhost: there is no sign-in yet, so this server answers this machine only",
      ])
    },
  )

  test.each([
    ["PORT", "0"],
    ["PORT", "65536"],
    ["PORT", "-1"],
    ["PORT", "8080.5"],
    ["PORT", " 8080"],
    ["PUBLIC_URL", "javascript:alert(1)"],
    ["ATLAS_BASE_URL", "https://"],
    ["ATLAS_BASE_URL", "https://user:canary@cloud.mongodb.com"],
    ["ATLAS_API_VERSION", "2023-01-02"],
    ["LOG_LEVEL", "INFO"],
  ])("%s=%s", (name, value) => {
    const lines = mistakes({ ...keys, [name]: value })
    expect(lines).toHaveLength(1)
    expect(lines[0]?.startsWith(`${name} must be `)).toBe(true)
  })
})

describe("a value that comes in a file", () => {
  test("is read without the line break at its end", () => {
    const { atlas } = readConfig({
      ATLAS_PUBLIC_KEY: "abcdefgh",
      ATLAS_PRIVATE_KEY_FILE: write("key", "canary-of-the-private-key\n"),
    })
    expect(atlas.credential.privateKey).toBe("canary-of-the-private-key")
  })

  test("may be any", () => {
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
    ["in an empty file", { ATLAS_PUBLIC_KEY_FILE: write("empty", "\n"), ATLAS_PUBLIC_KEY: "" }, "is missing"],
  ])("is refused %s, in one line", (_, given, words) => {
    const lines = mistakes({ ...keys, ...given })
    expect(lines).toHaveLength(1)
    expect(lines[0]).toContain(words)
  })
})

test("no mistake repeats a value, not even one that was put into the wrong place", () => {
  const canary = "canary-of-the-private-key"
  for (const name of ["HOST", "PORT", "PUBLIC_URL", "ATLAS_BASE_URL", "ATLAS_API_VERSION", "LOG_LEVEL"]) {
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

test("browsers may come by every name of this machine, and by the public one", () => {
  expect(
    readConfig({ ...keys, HOST: "::1", PORT: "80", PUBLIC_URL: "https://desk.example/path" }).origins,
  ).toEqual(["http://[::1]", "http://127.0.0.1", "http://localhost", "https://desk.example"])
})

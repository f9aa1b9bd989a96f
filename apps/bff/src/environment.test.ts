import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, expect, test } from "vitest"
import { loadEnvFile } from "#environment.ts"

const directory = mkdtempSync(join(tmpdir(), "environment-"))
const path = join(directory, ".env")
afterAll(() => rmSync(directory, { recursive: true }))

test(".env adds what the environment lacks, also behind a byte order mark and with line ends of Windows", () => {
  writeFileSync(path, '\uFEFFPORT=8080\r\nHOST="0.0.0.0" # all\r\nLOG_LEVEL=debug\r\n')
  const environment = { LOG_LEVEL: "" }
  expect(loadEnvFile(path, environment)).toEqual([])
  expect(environment).toEqual({ PORT: "8080", HOST: "0.0.0.0", LOG_LEVEL: "" })
})

test(".env that is there and can't be read is named with the reason, and none is no mistake", () => {
  expect(() => loadEnvFile(directory, {})).toThrow(`${directory} can't be read (EISDIR)`)
  expect(loadEnvFile(join(directory, "none"), {})).toEqual([])
})

test(".env with a variable that Node reads before is warned of", () => {
  writeFileSync(path, "NODE_EXTRA_CA_CERTS=/etc/ssl/own.pem\nNODE_ENV=production\n")
  expect(loadEnvFile(path, {})).toEqual([
    "NODE_EXTRA_CA_CERTS has no effect in .env, since Node reads it before. Set it in the environment.",
  ])
  expect(loadEnvFile(path, { NODE_EXTRA_CA_CERTS: "/etc/ssl/own.pem" })).toEqual([])
})

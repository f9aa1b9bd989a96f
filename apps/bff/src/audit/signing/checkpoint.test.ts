import { execFileSync } from "node:child_process"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { isCheckpointOf, parseCheckpoint, signCheckpoint } from "./checkpoint.ts"
import { isSignedBy, SigningKey } from "./signing-key.ts"

const checkpoint = { sequence: 120, hash: "ab".repeat(32), at: 1_768_478_400_000 }
const key = SigningKey.create()
const text = signCheckpoint(key, checkpoint)

describe("signCheckpoint", () => {
  test("writes a text that is read as it was signed", () => {
    expect(text).toMatch(/^audit-head-2\.120\.1768478400000\.(ab){32}\.[0-9a-f]{32}\.[\w-]{86}$/)
    const parsed = parseCheckpoint(` ${text}\n`)!
    expect(parsed).toMatchObject({ checkpoint, keyId: key.id })
    expect(isCheckpointOf(key.publicKey, parsed)).toBe(true)
    expect(isCheckpointOf(SigningKey.create().publicKey, parsed)).toBe(false)
  })

  test("gives no checkpoint of this key once a character is changed", () => {
    for (let at = 0; at < text.length; at += 1)
      for (const other of ["0", "1", "A", "B", "g", "w"]) {
        if (other === text[at]) continue
        const changed = parseCheckpoint(`${text.slice(0, at)}${other}${text.slice(at + 1)}`)
        expect([at, changed !== null && isCheckpointOf(key.publicKey, changed)]).toEqual([at, false])
      }
  })

  test("gives a signature that openssl verifies with the public key alone", () => {
    const folder = mkdtempSync(join(tmpdir(), "checkpoint-"))
    const [, content = "", signature = ""] = /^(.*)\.([^.]*)$/.exec(text) ?? []
    const pem = `-----BEGIN PUBLIC KEY-----\n${key.publicKey}\n-----END PUBLIC KEY-----\n`
    const files = { "key.pem": pem, content, signature: Buffer.from(signature, "base64url") }
    for (const [name, data] of Object.entries(files)) writeFileSync(join(folder, name), data)
    const verify = ["pkeyutl", "-verify", "-pubin", "-inkey", "key.pem", "-rawin", "-in", "content"]
    const said = execFileSync("openssl", [...verify, "-sigfile", "signature"], { cwd: folder }).toString()
    expect(said).toContain("Signature Verified Successfully")
    rmSync(folder, { recursive: true })
  })
})

describe("parseCheckpoint", () => {
  test("reads a checkpoint of the first kind, which names no key", () => {
    const first = `audit-head-1.120.1768478400000.${checkpoint.hash}.${"x".repeat(43)}`
    expect(parseCheckpoint(first)).toMatchObject({ checkpoint, keyId: null })
  })

  test.each(["", "audit-head-2", "audit-head-3.1.1.a.b", `${text}x`, text.slice(0, -1)])(
    "returns null for %j",
    (other) => {
      expect(parseCheckpoint(other)).toBeNull()
    },
  )
})

test("a signing key is read from its private text, and a text that is no key signs nothing", () => {
  const copy = SigningKey.fromPrivateText(key.toPrivateText())
  expect([copy.id, copy.publicKey, copy.sign("a")]).toEqual([key.id, key.publicKey, key.sign("a")])
  expect(isSignedBy(key.publicKey, "a", key.sign("a"))).toBe(true)
  expect(isSignedBy("bm8ga2V5", "a", key.sign("a"))).toBe(false)
})

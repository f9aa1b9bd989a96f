import { execFileSync, spawnSync } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import type { AuditKey } from "@peering-desk/shared-schemas"
import { useDatabases } from "#test/support/database.ts"
import { fillAuditLog, olivia, openAuditLog, peeringCreate } from "#test/support/audit-log.ts"
import { failed } from "#test/support/notifications.ts"
import { addFindings } from "#events/findings.ts"
import { step } from "#store/step.ts"
import { exportAudit } from "./audit-export.ts"
import { verifyAudit } from "./audit-verify.ts"

const guide = readFileSync(new URL("../../../../docs/audit-log.md", import.meta.url), "utf8")

/** Returns the only code block in a language below a heading of the guide. */
function readCode(heading: string, language: string): string {
  const [, after = ""] = guide.split(`## ${heading}\n`)
  return new RegExp(`\`\`\`${language}\n([^]*?)\`\`\``).exec(after)?.[1] ?? ""
}

describe("docs/audit-log.md", () => {
  const createDatabase = useDatabases("sqlite")
  const folder = mkdtempSync(join(tmpdir(), "verify-elsewhere-"))
  let lines: string[]
  let keys: AuditKey[]
  let head: string

  beforeAll(async () => {
    const database = await createDatabase()
    const store = await database.open()
    const audit = openAuditLog(store, database.clock)
    await fillAuditLog(audit, 2)
    await audit.attempt({ ...peeringCreate, reason: "\u2028\n\"'\\🚀", before: { id: "1", enabled: true } })
    await step(store, ({ transaction }) => addFindings(transaction, [failed(1, database.clock.now())]))
    await audit.rotateKey({ actor: olivia, address: null })
    await fillAuditLog(audit, 1)
    let text = ""
    for await (const part of exportAudit({ store, audit }, "jsonl", {})) text += part
    lines = text.trimEnd().split("\n")
    keys = await audit.keys.list(store.db)
    head = (await verifyAudit({ store, clock: database.clock, audit }, [])).head ?? ""
    writeFileSync(join(folder, "verify.mjs"), readCode("Verify an export without this server", "js"))
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  function verifyExport(changed: string[], keyId = keys[1]?.id ?? "") {
    writeFileSync(join(folder, "export.jsonl"), `${changed.join("\n")}\n`)
    const { status, stdout, stderr } = spawnSync(process.execPath, ["verify.mjs", "export.jsonl", keyId], {
      cwd: folder,
      encoding: "utf8",
    })
    return status === 0 ? stdout.trim() : (/Error: (.*)/.exec(stderr)?.[1] ?? stderr)
  }

  test("verifies an export with Node alone, and finds each kind of change", () => {
    expect(verifyExport(lines)).toBe("Rows 1 to 15 are as they were signed; 0 later ones are chained to them")
    const end = lines.at(-1)!
    const forged = lines.with(5, lines[5]!.replace("round", "sound"))
    expect(verifyExport(lines.with(8, lines[8]!.replace("🚀", "🚁")))).toBe("Row 9 is not as it was written")
    expect(verifyExport(forged)).toBe("Row 6 is not as it was written")
    expect(verifyExport(lines.with(9, lines[9]!.replace("vpc-1", "vpc-2")))).toBe(
      "Row 10 is not as it was written",
    )
    expect(verifyExport(lines.toSpliced(3, 1))).toBe("Row 4 is not as it was written")
    expect(verifyExport([...lines.slice(0, 10), end])).toBe("The checkpoint does not fit row 15")
    expect(verifyExport(lines, keys[0]?.id)).toBe(`Key ${keys[1]?.id} is not the one that you kept`)
  })

  test("verifies a checkpoint with openssl", () => {
    const commands = readCode("Verify a checkpoint with openssl", "sh")
      .replace("audit-head-2.…", head)
      .replace("MCowBQYDK2VwAyEA…", keys[1]?.publicKey ?? "")
    const said = execFileSync("sh", ["-ec", commands], { cwd: folder, encoding: "utf8" })
    expect(said).toContain("Signature Verified Successfully")
    const wrong = commands.replace("audit-head-2.15.", "audit-head-2.14.")
    expect(spawnSync("sh", ["-ec", wrong], { cwd: folder }).status).not.toBe(0)
  })
})

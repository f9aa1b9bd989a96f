import { spawn } from "node:child_process"
import { createInterface } from "node:readline"
import { sql } from "kysely"
import { expect, test } from "vitest"
import { bundleProgram } from "#test/support/bundle.ts"
import { useDatabases } from "#test/support/database.ts"
import { readRows, verifyStore } from "#test/support/audit-log.ts"

const createDatabase = useDatabases("sqlite")
const rounds = 12
const writersAtOnce = 2

/** Starts a writer and kills it after some rows. Returns the numbers that it reported as written. */
function killWhileWriting(writer: string, dataDirectory: string, afterRows: number): Promise<number[]> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [writer, dataDirectory], {
      stdio: ["ignore", "pipe", "inherit"],
    })
    const said: number[] = []
    createInterface({ input: child.stdout })
      .on("line", (line) => {
        said.push(Number(line))
        if (said.length === afterRows) child.kill("SIGKILL")
      })
      .on("close", () => resolve(said))
    child.on("error", reject)
  })
}

test(`AuditLog loses no reported row and keeps the chain intact when its process is killed ${rounds} times`, async () => {
  const writer = await bundleProgram("test/support/killed-audit-writer.ts", "audit-crash")
  const database = await createDatabase()
  const said: number[] = []
  for (let round = 0; round < rounds; round += writersAtOnce) {
    const killed = Array.from({ length: writersAtOnce }, (_, index) =>
      killWhileWriting(writer, database.dataDirectory, 1 + (((round + index) * 37) % 150)),
    )
    said.push(...(await Promise.all(killed)).flat())
  }
  const store = await database.open()
  const there = new Set((await readRows(store)).map(({ sequence }) => sequence))
  expect(said.length).toBeGreaterThan(rounds)
  expect(said.filter((sequence) => !there.has(sequence))).toEqual([])
  expect(new Set(said).size).toBe(said.length)
  expect(await verifyStore(store)).toMatchObject({ rowCount: there.size, flaw: null })
  expect((await sql`pragma integrity_check`.execute(store.db)).rows).toEqual([{ integrity_check: "ok" }])
}, 120_000)

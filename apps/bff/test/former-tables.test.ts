import { spawn } from "node:child_process"
import { once } from "node:events"
import { readFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { bundleProgram } from "#test/support/bundle.ts"
import { dialects, useDatabases } from "#test/support/database.ts"
import { fillFormerDatabase, writeFormerFile } from "#test/support/former-tables.ts"
import { queryDatabase } from "#test/support/postgres.ts"
import { openSurroundings, type Surroundings } from "#test/support/surroundings.ts"

let main: string
let doctor: string
let world: Surroundings

beforeAll(async () => {
  main = await bundleProgram("src/main.ts", "former-tables-main")
  doctor = await bundleProgram("src/doctor.ts", "former-tables-doctor")
  world = await openSurroundings({ speed: 0 })
}, 60_000)
afterAll(() => world.close())

/** Runs a program to its end in a folder without a `.env`. */
async function run(program: string, environment: Record<string, string>) {
  const child = spawn(process.execPath, [program], {
    cwd: tmpdir(),
    env: { PATH: process.env["PATH"], ...environment },
  })
  let text = ""
  for (const pipe of [child.stdout, child.stderr]) pipe.on("data", (part) => (text += String(part)))
  const [status] = (await once(child, "close")) as [number | null]
  return { status, text }
}

const reason = "an early version of Peering Desk wrote it, and this version can't read its tables"
const advice = {
  sqlite: "Export the audit log with the version that wrote it, then set DATA_DIR to an empty folder.",
  postgres:
    "Export the audit log with the version that wrote it, then set DATABASE_URL to an empty database.",
}

describe.each(dialects)("a database with the tables of an early version, %s", (dialect) => {
  const createDatabase = useDatabases(dialect)

  async function createFormer() {
    const { dataDirectory, databaseUrl } = await createDatabase()
    const environment = { ...world.environment, DATA_DIR: dataDirectory, PORT: "0" }
    if (databaseUrl === undefined) {
      const file = writeFormerFile(dataDirectory)
      return { environment, readContent: () => Promise.resolve(readFileSync(file).toString("base64")) }
    }
    await fillFormerDatabase(databaseUrl)
    return {
      environment: { ...environment, DATABASE_URL: databaseUrl },
      readContent: async () => {
        const tables = await queryDatabase(
          databaseUrl,
          "select relname, relkind, relfilenode from pg_class where relnamespace = 'public'::regnamespace order by 1",
        )
        const rows = await queryDatabase(databaseUrl, "select * from audit_row order by sequence")
        return JSON.stringify({ tables, rows })
      },
    }
  }

  test("is refused at start, with what to do, and stays as it is", async () => {
    const { environment, readContent } = await createFormer()
    const before = await readContent()
    const { status, text } = await run(main, environment)
    expect(text).toMatch(/^The database .* can't be opened: /)
    expect(text).toContain(`${reason}. ${advice[dialect]}\n`)
    expect(status).toBe(1)
    expect(await readContent()).toBe(before)
  })

  test("is refused by the doctor, with what to do, and stays as it is", async () => {
    const { environment, readContent } = await createFormer()
    const before = await readContent()
    const { status, text } = await run(doctor, environment)
    expect(text).toContain(`BAD  database: it can't be used: ${reason}.\n     fix: ${advice[dialect]}\n`)
    expect(status).toBe(1)
    expect(await readContent()).toBe(before)
  })
})

describe("an SQLite file of an early version whose server was killed", () => {
  const createDatabase = useDatabases("sqlite")

  test("keeps the rows in its write-ahead log when it is refused", async () => {
    const { dataDirectory } = await createDatabase()
    const file = writeFormerFile(dataDirectory, { isKilled: true })
    const read = () => [file, `${file}-wal`].map((path) => readFileSync(path).toString("base64"))
    const before = read()
    for (const program of [main, doctor]) {
      const { status, text } = await run(program, {
        ...world.environment,
        DATA_DIR: dataDirectory,
        PORT: "0",
      })
      expect(text).toContain(reason)
      expect(status).toBe(1)
      expect(read()).toEqual(before)
    }
  })
})

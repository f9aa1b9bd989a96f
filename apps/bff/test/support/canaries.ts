import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { sql } from "kysely"
import type { Store } from "#store/store.ts"

/** A text as it may appear: plain, for a URL, in JSON, in hexadecimal, and in base64 at any place of a longer text. */
export function toSpellings(secret: string): string[] {
  const base64 = [0, 1, 2].map((ahead) =>
    Buffer.from(" ".repeat(ahead) + secret)
      .toString("base64")
      .slice(ahead === 0 ? 0 : 4, -4),
  )
  return [
    secret,
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
    Buffer.from(secret).toString("hex"),
    ...base64,
    ...base64.map((text) => text.replaceAll("+", "-").replaceAll("/", "_")),
  ]
}

/**
 * Says which secrets stand where, as in `log lines: the client secret`.
 * @param places by name, everything that was written there
 * @param secrets by name, each with every value it had
 */
export function findCanaries(
  places: Readonly<Record<string, string>>,
  secrets: ReadonlyMap<string, ReadonlySet<string>>,
): string[] {
  const found: string[] = []
  for (const [name, values] of secrets) {
    const spellings = [...values].flatMap(toSpellings)
    for (const [place, text] of Object.entries(places))
      if (spellings.some((spelling) => text.includes(spelling))) found.push(`${place}: ${name}`)
  }
  return found
}

/** Every row of every table as text. */
export async function readAllRows({ db, dialect }: Store): Promise<string> {
  const tables = await db.introspection.getTables()
  const texts: string[] = []
  for (const { name } of tables) {
    const found =
      dialect === "postgres"
        ? await sql<{ row: string }>`select t::text as row from ${sql.table(name)} t`.execute(db)
        : await sql`select * from ${sql.table(name)}`.execute(db)
    texts.push(`${name} ${found.rows.length}`, ...found.rows.map((row) => JSON.stringify(row)))
  }
  return texts.join("\n")
}

/** Every byte of every file below a folder, one character each. */
export function readAllFiles(folder: string): string {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name, parentPath }) => `${name}\n${readFileSync(join(parentPath, name), "latin1")}`)
    .join("\n")
}

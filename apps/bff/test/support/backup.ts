import { execFile } from "node:child_process"
import { mkdirSync } from "node:fs"
import { dirname, join } from "node:path"
import { promisify } from "node:util"
import { fileURLToPath } from "node:url"

const run = promisify(execFile)
const workspace = fileURLToPath(new URL("../../", import.meta.url))
const vacuumInto = "new (require('libsql'))(process.argv[1]).prepare('VACUUM INTO ?').run(process.argv[2])"

/** Where a server keeps its data. */
interface Place {
  dataDirectory: string
  databaseUrl: string | undefined
}

/** The servers of the backup ended long ago, by the database's own clock: nobody restores one within seconds. */
const aMinuteLater = `
  update process set alive_until = alive_until - 60000;
  update leader_lease set held_until = held_until - 60000;
  update polled_cloud set viewed_until = viewed_until - 60000, checked_at = checked_at - 60000`

/**
 * Copies a database into an empty place with the commands of `docs/operate.md`, from another process while servers use it. The copy is a
 * minute old.
 */
export async function copyDatabase(from: Place, to: Place): Promise<void> {
  if (from.databaseUrl === undefined || to.databaseUrl === undefined) {
    const [source, copy] = [from, to].map(({ dataDirectory }) => join(dataDirectory, "peering-desk.sqlite"))
    mkdirSync(to.dataDirectory, { recursive: true })
    // The statement that the sqlite3 program is given there.
    await run(process.execPath, ["-e", vacuumInto, source ?? "", copy ?? ""], { cwd: workspace })
    return
  }
  const file = join(dirname(to.dataDirectory), "desk.dump")
  await run("pg_dump", ["--format=custom", `--file=${file}`, from.databaseUrl])
  const options = ["--clean", "--if-exists", "--exit-on-error"]
  await run("pg_restore", [...options, `--dbname=${to.databaseUrl}`, file])
  await run("psql", ["--quiet", `--command=${aMinuteLater}`, to.databaseUrl])
}

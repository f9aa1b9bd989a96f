import { execFileSync, spawn, type ChildProcess } from "node:child_process"
import { randomUUID } from "node:crypto"
import { chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import pg from "pg"

/** A real PostgreSQL server of the tests' own. */
export interface TestingPostgres {
  /** Makes an empty database and returns its URL. */
  createDatabase: () => Promise<string>
  /** Kills it mid-work; committed rows are there again after `bringBack`. */
  takeAway: () => Promise<void>
  bringBack: () => Promise<void>
  stop: () => Promise<void>
}

interface Account {
  uid: number
  gid: number
}

/**
 * Starts one in a folder for temporary files, reachable through a socket there; it ends with this process at the latest. Where
 * the machine has none it is installed from Debian's package.
 * @param parent where that folder is
 * @throws Error saying what to install, when it is missing and it can't be installed
 */
export async function startPostgres(parent = tmpdir()): Promise<TestingPostgres> {
  const programs = findPrograms() ?? installPrograms()
  const account = process.getuid?.() === 0 ? readAccount("postgres") : null
  const folder = mkdtempSync(join(parent, "postgres-"))
  const data = join(folder, "data")
  const socket = join(folder, "socket")
  for (const path of [folder, data, socket]) {
    mkdirSync(path, { recursive: true, mode: 0o700 })
    if (account !== null) chownSync(path, account.uid, account.gid)
  }
  const options = { ...account, cwd: folder, env: { PATH: process.env["PATH"] ?? "", LC_ALL: "C" } }
  execFileSync(
    join(programs, "initdb"),
    ["-D", data, "-U", "desk", "-A", "trust", "-E", "UTF8", "--no-sync", "--no-instructions"],
    { ...options, stdio: ["ignore", "ignore", "pipe"] },
  )
  // The shell ends the server when its own input closes, which happens even when this process is killed.
  const launch = async () => {
    const launched = spawn(
      "/bin/sh",
      ["-c", endsWithItsInput, "sh", join(programs, "postgres"), ...settings(data, socket)],
      {
        ...options,
        stdio: ["pipe", "ignore", "pipe"],
      },
    )
    await untilReady(launched)
    return launched
  }
  let server = await launch()
  const takeAway = async () => {
    if (server.exitCode !== null) return
    const ended = new Promise((resolve) => server.once("exit", resolve))
    server.stdin?.end()
    await ended
  }

  return {
    createDatabase: () =>
      createDatabase(`postgres://desk@localhost/postgres?host=${encodeURIComponent(socket)}`),
    takeAway,
    async bringBack() {
      server = await launch()
    },
    async stop() {
      await takeAway()
      rmSync(folder, { recursive: true })
    },
  }
}

/** Creates an empty database on a server, given the URL of another database there, and returns its URL. */
export async function createDatabase(serverUrl: string): Promise<string> {
  const name = `desk_${randomUUID().replaceAll("-", "")}`
  const client = new pg.Client({ connectionString: serverUrl })
  await client.connect()
  await client.query(`create database ${name}`)
  await client.end()
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  return url.href
}

/** Runs one statement over a separate connection. */
export async function queryDatabase(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows
  } finally {
    await client.end()
  }
}

const endsWithItsInput =
  'exec 3<&0; "$@" </dev/null & server=$!; cat <&3 >/dev/null; kill -INT $server; wait $server'

function settings(data: string, socket: string): string[] {
  const values = {
    listen_addresses: "",
    unix_socket_directories: socket,
    // Nothing here has to survive a power cut.
    fsync: "off",
    full_page_writes: "off",
    max_connections: "200",
  }
  return ["-D", data, ...Object.entries(values).flatMap(([name, value]) => ["-c", `${name}=${value}`])]
}

function untilReady(server: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = ""
    server.stderr?.on("data", (part: Buffer) => {
      said = `${said}${part.toString()}`.slice(-10_000)
      if (said.includes("ready to accept connections")) resolve()
    })
    server.once("exit", () => reject(new Error(`PostgreSQL did not start:\n${said}`)))
    server.once("error", reject)
  })
}

const root = "/usr/lib/postgresql"
const lockFile = join(tmpdir(), "peering-desk-postgresql.lock")

/** The folder of the newest PostgreSQL that Debian's package has put here. */
function findPrograms(): string | null {
  const versions = existsSync(root) ? readdirSync(root).sort((a, b) => Number(b) - Number(a)) : []
  return (
    versions
      .map((version) => join(root, version, "bin"))
      .find((folder) => ["initdb", "postgres"].every((name) => existsSync(join(folder, name)))) ?? null
  )
}

const install = "apt-get update && apt-get install -y postgresql"

function installPrograms(): string {
  if (process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    // Several test files come here at once; one installs, the others wait for it.
    execFileSync(
      "/usr/bin/flock",
      [lockFile, "sh", "-c", `ls ${root}/*/bin/initdb >/dev/null 2>&1 || { ${install}; }`],
      {
        stdio: ["ignore", "ignore", "inherit"],
        env: { PATH: process.env["PATH"] ?? "", DEBIAN_FRONTEND: "noninteractive" },
      },
    )
    const programs = findPrograms()
    if (programs !== null) return programs
  }
  throw new Error(
    `These tests need a PostgreSQL server and there is none here. As root on Debian: ${install}`,
  )
}

/** The server refuses to run as root. */
function readAccount(name: string): Account {
  const read = (option: string) => Number(execFileSync("id", [option, name], { encoding: "utf8" }))
  return { uid: read("-u"), gid: read("-g") }
}

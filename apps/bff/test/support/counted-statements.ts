import { openFaultProxy } from "./fault-proxy.ts"

/** A way to PostgreSQL that counts what servers send over it. */
export interface CountedStatements {
  /** The database's URL over this way. */
  databaseUrl: string
  /** The number of statements so far: one comes in one piece. */
  count: () => number
  close: () => Promise<void>
}

/** The first bytes of PostgreSQL's messages Query and Parse. A connection that is opened or closed sends others. */
const begins = new Set<number | undefined>(Buffer.from("QP"))

export async function countStatements(databaseUrl: string): Promise<CountedStatements> {
  const url = new URL(databaseUrl)
  const folder = url.searchParams.get("host")
  const port = url.port === "" ? 5432 : Number(url.port)
  let statements = 0
  const proxy = await openFaultProxy({
    target: folder === null ? { host: url.hostname, port } : { path: `${folder}/.s.PGSQL.${port}` },
    draw(bytes) {
      if (begins.has(bytes[0])) statements += 1
      return null
    },
  })
  url.searchParams.delete("host")
  url.port = String(proxy.port)
  url.hostname = "127.0.0.1"
  return { databaseUrl: url.href, count: () => statements, close: () => proxy.close() }
}

import { existsSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { expect, test } from "vitest"
import { walkCluster, type WalkOptions } from "./walk.ts"

const seed = 20_261_129
const built = fileURLToPath(new URL("../../../apps/bff/dist/main.js", import.meta.url))

const clusters: [string, Pick<WalkOptions, "servers" | "database" | "steps">][] = [
  ["A server over SQLite", { servers: 1, database: "sqlite", steps: 150 }],
  [
    "A pair of servers over PostgreSQL, whose clocks are up to an hour apart,",
    { servers: 2, database: "postgres", steps: 350 },
  ],
]

test.concurrent.each(clusters)(
  `%s shows, logs and sends what Atlas did after storms of acts, lost answers, kills and stops [seed ${seed}]`,
  async (_, cluster) => {
    if (!existsSync(built)) throw new Error("Build first: pnpm build")
    const work = mkdtempSync(join(tmpdir(), "oracle-"))
    const postgresUrl = process.env["TEST_POSTGRES_URL"]
    const { violations, steps, ends } = await walkCluster({
      ...cluster,
      seed,
      work,
      stormActs: [8, 20],
      isUntimed: true,
      messageSeconds: 0,
      ...(postgresUrl !== undefined && postgresUrl !== "" && { postgresUrl }),
    })
    // One by one: what a failed test prints of a list is cut.
    for (const { words } of violations) expect.soft(words).toBe("")
    expect(steps).toBe(cluster.steps)
    // Storms in which nothing happens would prove nothing.
    expect([...ends.keys()]).toEqual(expect.arrayContaining(["create done", "edit done", "delete done"]))
    rmSync(work, { recursive: true })
  },
  300_000,
)

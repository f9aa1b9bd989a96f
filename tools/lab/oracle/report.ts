import { join } from "node:path"
import type { Task } from "#tools/lab/area.ts"
import { none, shown, toQuantile, type Figure } from "#tools/lab/figure.ts"
import { promises, type Promised } from "./violations.ts"
import { walkCluster, type Walked } from "./walk.ts"

const clusters = [
  { servers: 1, database: "sqlite", name: "1 server on SQLite" },
  { servers: 2, database: "postgres", name: "2 servers on PostgreSQL" },
  { servers: 3, database: "postgres", name: "3 servers on PostgreSQL" },
] as const

/** Walks one cluster after another, each with its own seed. */
export async function walkClusters({ work, random, steps, note }: Task): Promise<Figure[]> {
  const figures: Figure[] = []
  for (const { name, ...cluster } of clusters) {
    const folder = join(work, `${cluster.database}-${cluster.servers}`)
    const seed = Math.floor(random() * 2 ** 31)
    const walked = await walkCluster({ ...cluster, steps, seed, work: folder, note })
    figures.push(...toFigures(name, walked))
  }
  return figures
}

function toFigures(name: string, walked: Walked): Figure[] {
  const { violations, troubles, ends, messages } = walked
  const countEnds = (label: string) =>
    [...ends].reduce((sum, [end, number]) => (end.endsWith(label) ? sum + number : sum), 0)
  const count = (promised: Promised) => violations.filter((one) => one.promised === promised).length
  return [
    shown(`${name}: steps`, walked.steps),
    shown(`${name}: steps a second`, walked.steps / walked.seconds),
    shown(`${name}: kills`, troubles.killed),
    shown(`${name}: stops`, troubles.stopped),
    ...["done", "refused", "failed", "unknown", "not sent"].map((label) =>
      shown(`${name}: changes, ${label}`, countEnds(` ${label}`)),
    ),
    shown(`${name}: messages that came`, messages.came),
    shown(`${name}: all the same after the poll, p99`, toQuantile(walked.agreedAfterMs, 0.99) / 1_000, "s"),
    ...(Object.keys(promises) as Promised[]).map((promised) =>
      none(`${name}: broken: ${promises[promised]}`, count(promised)),
    ),
  ]
}

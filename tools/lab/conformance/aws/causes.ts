import {
  buildLookUpScript,
  findCause,
  listStops,
  readLookUp,
  toLookUpSubject,
} from "@peering-desk/peering-rules"
import type { AwsPeer, NetworkFacts } from "@peering-desk/shared-schemas"
import { mkdtempSync, symlinkSync } from "node:fs"
import { dirname, join } from "node:path"
import type { Task } from "#tools/lab/area.ts"
import { check, expectThat, notRun, type Figure } from "#tools/lab/figure.ts"
import { runProgram } from "#tools/lab/programs.ts"
import { buildAwsWorld, container, toAwsPeer, type AwsWorld } from "./world.ts"
import { awsWorlds, type WorldRow } from "./worlds.ts"
import { listAwsClis, startMoto, type Moto } from "./moto.ts"

const shells: readonly (readonly string[])[] = [["dash"], ["bash"], ["zsh", "-f"], ["busybox", "sh"]]

/** A world as the script printed it, with the connection as Atlas shows it. */
interface RecordedWorld {
  title: string
  peer: ReturnType<typeof toAwsPeer>
  printed: string
}

/** Reads each world by the script, with the real AWS CLI, and compares the cause that is found with the one that was made. */
export async function checkAwsCauses({ work }: Task): Promise<Figure[]> {
  const cli = (await listAwsClis()).at(-1)
  if (cli === undefined) return [notRun("AWS worlds", "no AWS CLI on this machine")]
  const bin = mkdtempSync(join(work, "bin-"))
  symlinkSync(cli.path, join(bin, "aws"))
  const moto = await startMoto(work)
  try {
    const findings: Figure[] = []
    for (const [at, row] of awsWorlds.entries())
      findings.push(
        await check(
          `${row.title}: ${row.cause === null ? "no cause" : `the ${row.cause.stop}`}`,
          async () => {
            const shell = shells[at % shells.length] ?? ["sh"]
            const recorded = await recordWorld(moto, row, shell, `${bin}:${dirname(cli.path)}:/usr/bin:/bin`)
            return compare(recorded, row)
          },
        ),
      )
    return findings
  } finally {
    moto.stop()
  }
}

/** Builds a world and runs the script in it. */
async function recordWorld(
  moto: Moto,
  row: WorldRow,
  [program = "sh", ...args]: readonly string[],
  path: string,
): Promise<RecordedWorld> {
  const world = await buildAwsWorld(moto, row)
  for (const cidr of ["10.15.0.0/24", "10.15.1.0/24"]) await world.createSubnet(cidr)
  await row.change?.(world)
  const peer = toAwsPeer(world, row.peer ?? {})
  const script = buildLookUpScript(toLookUpSubject(peer, container)) ?? ""
  const env = { ...world.own.env, PATH: path }
  const { code, stdout, stderr } = await runProgram(program, [...args, "-c", script], {
    env,
    timeoutMs: 600_000,
  })
  expectThat(code === 0 && stderr === "", `code ${code}: ${stderr}`)
  return { title: row.title, peer, printed: patch(stdout, world, row.patchedState) }
}

function compare({ peer, printed }: RecordedWorld, { cause }: WorldRow): string {
  const now = Date.now()
  const read = readLookUp(printed, now)
  const [facts] = read !== null && "networks" in read ? read.networks : []
  expectThat(facts !== undefined, printed)
  return compareCause(peer, facts, cause, now)
}

/** Compares the cause that facts show with the one that was made. Throws when they differ. */
export function compareCause(
  peer: AwsPeer,
  facts: NetworkFacts,
  cause: WorldRow["cause"],
  now: number,
): string {
  const stops = listStops(peer, container, facts, now)
  const found = findCause(stops)
  const says = found === null ? "no cause" : `${found.id}: ${found.says}`
  const isRight = found === null ? cause === null : found.id === cause?.stop && cause.says.test(found.says)
  expectThat(isRight, says)
  if (cause === null)
    for (const stop of stops.slice(0, 5))
      expectThat(stop.state === "proven", `${stop.id} ${stop.state}: ${stop.says}`)
  return says
}

interface Block {
  read: Record<string, Record<string, unknown> | null>
}
interface Peering {
  VpcPeeringConnectionId: string
  Status: { Code: string }
  AccepterVpcInfo: { VpcId: string }
  RequesterVpcInfo: { VpcId: string }
}
interface Table {
  Routes: { VpcPeeringConnectionId?: string; State?: string }[]
}

/**
 * Corrects what moto doesn't do: filter peerings by VPC, call a route to a peering that isn't active a blackhole, let a request
 * expire, and fail a request that overlaps, which the accepter never sees.
 */
function patch(printed: string, { vpcId, connectionId }: AwsWorld, state: string | undefined): string {
  const [, head = "", json = "", foot = ""] =
    /^([^]*? BEGIN [^\n]*\n)([^]*)(\n[^\n]* END [^]*)$/.exec(printed) ?? []
  const block = JSON.parse(json) as Block
  const active = new Set<string>()
  for (const [name, end] of [
    ["peerings", "AccepterVpcInfo"],
    ["peerings-requested", "RequesterVpcInfo"],
  ] as const) {
    const answer = block.read[name]
    if (answer == null) continue
    const all = answer["VpcPeeringConnections"] as Peering[]
    const own = all.filter((one) => one[end].VpcId === vpcId)
    for (const one of own)
      if (state !== undefined && one.VpcPeeringConnectionId === connectionId) one.Status.Code = state
    answer["VpcPeeringConnections"] = own.filter(({ Status }) => Status.Code !== "absent")
    for (const { Status, VpcPeeringConnectionId } of own)
      if (Status.Code === "active") active.add(VpcPeeringConnectionId)
  }
  for (const { Routes } of (block.read["route-tables"]?.["RouteTables"] ?? []) as Table[])
    for (const route of Routes)
      if (route.VpcPeeringConnectionId !== undefined && !active.has(route.VpcPeeringConnectionId))
        route.State = "blackhole"
  return `${head}${JSON.stringify(block)}${foot}`
}

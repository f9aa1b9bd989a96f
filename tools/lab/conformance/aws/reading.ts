import {
  buildLookUpScript,
  findCause,
  listStops,
  readLookUp,
  toLookUpSubject,
} from "@peering-desk/peering-rules"
import { CloudRight, type AwsPeer, type NetworkFacts } from "@peering-desk/shared-schemas"
import { mkdtempSync, symlinkSync } from "node:fs"
import { dirname, join } from "node:path"
import { systemClock } from "#bff/src/base/clock.ts"
import { createLogger } from "#bff/src/base/logger.ts"
import { CloudReader } from "#bff/src/cloud-reading/cloud-reader.ts"
import type { Task } from "#tools/lab/area.ts"
import { check, expectThat, type Figure } from "#tools/lab/figure.ts"
import { runProgram } from "#tools/lab/programs.ts"
import { startAwsShim, type AwsShim } from "./shim.ts"
import { buildAwsWorld, container, region as named, toAwsPeer, type AwsWorld } from "./world.ts"
import { checkDifferences } from "./differences.ts"
import { openSides } from "./stand-in.ts"
import { awsWorlds, type WorldRow } from "./worlds.ts"
import { listAwsClis, startMoto, type Moto } from "./moto.ts"

const role = { roleArn: "arn:aws:iam::123456789012:role/peering-desk-read", externalId: "desk-7f3a" }
const rights: readonly string[] = CloudRight.options
const shimRole = { arn: role.roleArn, externalId: role.externalId, rights }
const shells: readonly (readonly string[])[] = [["dash"], ["bash"], ["zsh", "-f"], ["busybox", "sh"]]

interface Lab {
  moto: Moto
  shim: AwsShim
  reader: CloudReader
  /** A PATH with the AWS CLI. */
  path: string
}

/** Reads each world by the script in a shell, and by the product's reader through a role, and compares the cause with the one that was made. */
export async function checkAwsReading({ work, keep }: Task): Promise<Figure[]> {
  const moto = keep(await startMoto(work))
  const shim = keep(await startAwsShim(moto.url))
  const options = {
    clock: systemClock,
    logger: createLogger("silent"),
    environment: {
      AWS_ENDPOINT_URL_EC2: shim.url,
      AWS_ENDPOINT_URL_STS: shim.url,
      AWS_ACCESS_KEY_ID: "server",
      AWS_SECRET_ACCESS_KEY: "secret",
      AWS_EC2_METADATA_DISABLED: "true",
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
      HOME: work,
    },
  }
  const cli = (await listAwsClis()).at(-1)
  expectThat(cli !== undefined, "no AWS CLI on this machine")
  const bin = mkdtempSync(join(work, "bin-"))
  symlinkSync(cli.path, join(bin, "aws"))
  const path = `${bin}:${dirname(cli.path)}:/usr/bin:/bin`
  const lab: Lab = { moto, shim, path, reader: keep(new CloudReader(options)) }
  shim.putRole(shimRole)
  const findings = await checkDifferences(keep(await openSides(moto, shim.url, role)))
  shim.calls.length = 0
  for (const [at, row] of awsWorlds.entries()) findings.push(...(await checkWorld(lab, row, at)))
  findings.push(await check("the log has reads alone", () => expectReads(shim)))
  return [...findings, ...(await checkRights(lab)), ...(await checkRefusals(lab))]
}

async function checkWorld(lab: Lab, row: WorldRow, at: number): Promise<Figure[]> {
  const [shell = "sh", ...args] = shells[at % shells.length] ?? []
  const world = await openWorld(lab, row)
  const peer = toAwsPeer(world, row.peer ?? {})
  const what = `${row.title}: ${row.cause === null ? "no cause" : `the ${row.cause.stop}`}`
  return [
    await check(`${what}, by the script in ${shell}`, async () => {
      const facts = await runScript(lab, world, peer, [shell, ...args])
      return compareCause(peer, facts, row.cause)
    }),
    await check(`${what}, through the role`, async () => {
      const { facts, calls } = await readWorld(lab, world, row)
      expectThat(calls <= 10, `${calls} calls`)
      return `${compareCause(peer, facts, row.cause)} (${calls} calls)`
    }),
  ]
}

async function openWorld({ moto, shim }: Lab, row: WorldRow): Promise<AwsWorld> {
  const world = await buildAwsWorld(moto, row)
  await row.change?.(world)
  if (row.patchedState !== undefined) shim.setState(world.connectionId, row.patchedState)
  return world
}

/** Runs the script as the owner of the VPC does. Its calls are not in the log of the role's. */
async function runScript(
  { shim, path }: Lab,
  { own }: AwsWorld,
  peer: AwsPeer,
  [program = "", ...args]: readonly string[],
): Promise<NetworkFacts> {
  const { length } = shim.calls
  const script = buildLookUpScript(toLookUpSubject(peer, container)) ?? ""
  const env = { ...own.env, AWS_ENDPOINT_URL: shim.url, PATH: path }
  const ended = await runProgram(program, [...args, "-c", script], { env, timeoutMs: 600_000 })
  shim.calls.length = length
  expectThat(ended.code === 0 && ended.stderr === "", `code ${ended.code}: ${ended.stderr}`)
  const read = readLookUp(ended.stdout, Date.now())
  const [facts] = read !== null && "networks" in read ? read.networks : []
  expectThat(facts !== undefined, ended.stdout)
  return facts
}

/** Compares the cause that facts show with the one that was made. Throws when they differ. */
function compareCause(peer: AwsPeer, facts: NetworkFacts, cause: WorldRow["cause"]): string {
  const stops = listStops(peer, container, facts, Date.now())
  const found = findCause(stops)
  const says = found === null ? "no cause" : `${found.id}: ${found.says}`
  const isRight = found === null ? cause === null : found.id === cause?.stop && cause.says.test(found.says)
  expectThat(isRight, says)
  if (cause === null)
    for (const stop of stops.slice(0, 5))
      expectThat(stop.state === "proven", `${stop.id} ${stop.state}: ${stop.says}`)
  return says
}

/** Reads the region that the connection names, and the VPC's where that is another. */
async function readWorld(
  { reader }: Lab,
  { vpcId }: AwsWorld,
  { region = named }: WorldRow,
): Promise<{ facts: NetworkFacts; calls: number }> {
  const reading = await reader.read(role, { region, vpcIds: [vpcId], mostCalls: 10, lists: true })
  expectThat(reading.problem === null, JSON.stringify(reading.problem))
  const [network] = reading.networks
  expectThat(network !== undefined, `${vpcId} was not read`)
  return { facts: network.facts, calls: reading.calls }
}

function expectReads({ calls }: AwsShim): string {
  const allowed = ["AssumeRole", "GetCallerIdentity", ...rights.map((right) => right.replace("ec2:", ""))]
  const others = calls.filter(({ action }) => !allowed.includes(action))
  expectThat(others.length === 0, JSON.stringify(others))
  const refused = calls.filter(({ code }) => code !== null)
  expectThat(refused.length === 0, JSON.stringify(refused))
  return `${calls.length} calls of ${new Set(calls.map(({ action }) => action)).size} actions`
}

/** The stops that can't be checked without a right. */
const unchecked: Readonly<Record<CloudRight, readonly string[]>> = {
  "ec2:DescribeVpcs": [],
  "ec2:DescribeVpcAttribute": ["dns"],
  "ec2:DescribeSubnets": [],
  "ec2:DescribeRouteTables": ["route"],
  "ec2:DescribeManagedPrefixLists": ["route"],
  "ec2:GetManagedPrefixListEntries": ["route"],
  // Atlas says that it is available.
  "ec2:DescribeVpcPeeringConnections": [],
  "ec2:DescribeNetworkAcls": ["firewall"],
  "ec2:DescribeSecurityGroups": ["firewall"],
}

/** Takes each right away in turn, in a VPC in which all is right and whose route is a prefix list. */
async function checkRights(lab: Lab): Promise<Figure[]> {
  const row = awsWorlds.find(({ title }) => title === "prefix list")
  expectThat(row !== undefined, "no world with a prefix list")
  const world = await openWorld(lab, row)
  const findings: Figure[] = []
  for (const right of CloudRight.options)
    findings.push(
      await check(`without ${right} its stops alone are not checked`, async () => {
        lab.shim.putRole({ ...shimRole, rights: rights.filter((one) => one !== right) })
        const { missing } = await lab.reader.check(role, named)
        expectThat(missing.join() === right, `check: ${missing.join()}`)
        const reading = await lab.reader.read(role, {
          region: named,
          vpcIds: [world.vpcId],
          mostCalls: 10,
          lists: true,
        })
        expectThat(reading.missing.join() === right, `read: ${reading.missing.join()}`)
        const facts = reading.networks[0]?.facts ?? { providerName: "AWS" }
        const stops = listStops(toAwsPeer(world, {}), container, facts, Date.now())
        const cause = findCause(stops)
        expectThat(cause === null, `${cause?.id}: ${cause?.says}`)
        const open = stops
          .slice(0, 5)
          .filter(({ state }) => state !== "proven")
          .map(({ id }) => id)
        const says = stops
          .slice(0, 5)
          .map((one) => `${one.id} ${one.state}: ${one.says}`)
          .join("; ")
        expectThat(open.join() === unchecked[right].join(), says)
        return says
      }),
    )
  lab.shim.putRole(shimRole)
  return findings
}

/** Lets AWS refuse the role itself. */
async function checkRefusals({ shim, reader }: Lab): Promise<Figure[]> {
  const asked = { region: named, vpcIds: [], mostCalls: 10, lists: true }
  const expectRefused = async (given: typeof role) => {
    const { problem, networks } = await reader.read(given, asked)
    expectThat(problem?.code === "role-refused" && networks.length === 0, JSON.stringify(problem))
    return problem.says
  }
  return [
    await check("a role is not open to others", async () => {
      const found = await reader.check(role, named)
      expectThat(found.problem === null && found.isOpenToOthers === false, JSON.stringify(found))
    }),
    await check("a wrong external id is refused", () => expectRefused({ ...role, externalId: "other" })),
    await check("a role that is revoked while it is read is refused", () => {
      shim.revoke(role.roleArn)
      return expectRefused(role)
    }),
  ]
}

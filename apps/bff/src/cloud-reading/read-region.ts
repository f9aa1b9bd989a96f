import { readAwsAnswers } from "@peering-desk/peering-rules"
import { toRegionOff } from "./aws-error.ts"
import { parseArn } from "./arn.ts"
import { assume, forget, openEc2, type Assumed } from "./aws-session.ts"
import { Ec2Calls } from "./ec2-calls.ts"
import { readPrefixLists } from "./prefix-lists.ts"
import { listUnits, type Answer } from "./reading-units.ts"
import type { Reading, ReadMemory, ReadQuestion } from "./reading.ts"

/** Of what was never tried. */
const longestWaiting = 1_000_000

/** Reads one region of a role's account, as much as the calls allow. */
export async function readRegion(question: ReadQuestion): Promise<{ reading: Reading; memory: ReadMemory }> {
  const { role, asked, at, memory, callMs, readMs } = question
  const none = { at, calls: 0, missing: [], granted: [], listed: [], networks: [] }
  const deadline = AbortSignal.timeout(readMs)
  let assumed = await assume(role, callMs)
  if ("problem" in assumed) return { reading: { ...none, problem: assumed.problem }, memory }
  let found = await askAll(question, assumed, deadline, asked.mostCalls)
  let problem = found.calls.problem
  let count = found.calls.count
  if (found.calls.areRefused) {
    const { isKept } = assumed
    forget(role)
    assumed = await assume(role, callMs)
    if ("problem" in assumed) problem = assumed.problem
    else if (found.calls.answered === 0) {
      // The credentials that were kept may have ended early. New ones that are refused too say that the region is off.
      if (isKept) {
        found = await askAll(question, assumed, deadline, asked.mostCalls - count)
        count += found.calls.count
        problem = found.calls.problem
      }
      if (found.calls.areRefused && problem !== null) problem = toRegionOff(asked.region, problem.says)
    }
  }
  const facts = toFacts(question, found.answers)
  return {
    reading: {
      ...none,
      ...facts,
      calls: count,
      problem,
      missing: [...found.calls.missing],
      granted: [...found.calls.granted],
    },
    memory: found.memory,
  }
}

/** Asks for the units that wait longest first. One that doesn't fit is left out; the others still are asked for. */
async function askAll(
  { asked, memory, callMs }: ReadQuestion,
  { credentials }: Exclude<Assumed, { problem: unknown }>,
  deadline: AbortSignal,
  mostCalls: number,
) {
  const ec2 = openEc2(credentials, asked.region)
  const calls = new Ec2Calls({ ec2, region: asked.region, mostCalls, callMs, deadline })
  const waitingOf = (name: string) => memory.waiting[name] ?? longestWaiting
  const longestFirst = (one: string, other: string) => waitingOf(other) - waitingOf(one)
  const vpcIds = asked.vpcIds.toSorted((one, other) => longestFirst(`dns:${one}`, `dns:${other}`))
  const tried = new Set<string>()
  const units = listUnits(vpcIds, asked.lists, (vpcId) => tried.add(`dns:${vpcId}`))
  const answers: Answer[] = []
  for (const unit of units.toSorted((one, other) => longestFirst(one.name, other.name))) {
    const before = calls.count
    const read = calls.left < unit.calls ? null : await unit.read(calls)
    if (read !== null) answers.push(...read)
    // What failed was tried, and what is too long for all calls of a reading too: neither keeps the others waiting.
    const isCut = calls.left === 0 && !calls.isOver && before > 0
    if (read !== null || (calls.count > before && !isCut)) tried.add(unit.name)
  }
  const names = [...units.map(({ name }) => name), ...vpcIds.map((vpcId) => `dns:${vpcId}`)]
  const waiting = Object.fromEntries(
    names.map((name) => [name, tried.has(name) ? 0 : Math.min(waitingOf(name) + 1, longestWaiting)]),
  )
  const { answers: entries, lists } = await readPrefixLists(calls, answers, memory.lists)
  ec2.destroy()
  return {
    calls,
    answers: [...answers, ...entries],
    memory: { waiting: { ...memory.waiting, ...waiting }, lists },
  }
}

function toFacts(
  { role, asked, at }: ReadQuestion,
  answers: readonly Answer[],
): Pick<Reading, "listed" | "networks"> {
  const { account, name } = parseArn(role.roleArn)
  const from = { region: asked.region, at: new Date(at).toISOString(), by: name }
  const wanted = new Set(asked.vpcIds)
  const caller: Answer = { name: "caller", value: { Account: account } }
  const vpcs = answers.filter((answer) => answer.name === "vpcs")
  const own = answers.map((answer) =>
    answer.name === "vpcs" || answer.name === "peerings" ? ofVpcs(answer, wanted) : answer,
  )
  return {
    listed: asked.lists ? readAwsAnswers(vpcs, from) : [],
    networks: readAwsAnswers([caller, ...own], from)
      .map((facts) => ({ vpcId: facts.network?.value ?? "", facts }))
      .filter(({ vpcId }) => wanted.has(vpcId)),
  }
}

/** Returns a list without what concerns other VPCs. */
function ofVpcs({ name, value }: Answer, wanted: ReadonlySet<string>): Answer {
  const keep = Object.entries(value).map(([kind, things]) => {
    const own = (things as Readonly<Record<string, unknown>>[]).filter((thing) =>
      [thing, thing["AccepterVpcInfo"], thing["RequesterVpcInfo"]].some((one) =>
        wanted.has(String((one as { VpcId?: string } | undefined)?.VpcId)),
      ),
    )
    return [kind, own]
  })
  return { name, value: Object.fromEntries(keep) as Record<string, unknown> }
}

import type { PolicyFindings, PolicyRuling } from "@peering-desk/peering-rules"
import type { AuthorizationCall } from "@cedar-policy/cedar-wasm/nodejs"
import type { ResourcePolicy } from "#atlas/resource-policies.ts"
import type { CachedRead } from "#base/cached-read.ts"
import { waitAtMost, type Clock } from "#base/clock.ts"
import type { CedarEngine } from "./cedar-engine.ts"
import { policySets, readPolicyText, type PolicyAction, type TextReading } from "./policy-text.ts"

/** A change as policies see it. */
export interface PolicyChange {
  projectId: string
  action: PolicyAction
  /** Returns what the project has before and after it, or why that is not known. */
  toSets: () => { before: readonly string[]; after: readonly string[] } | { unknown: string }
}

export interface PolicyJudgeDeps {
  engine: Pick<CedarEngine, "parse" | "evaluate">
  /** Returns the cached policies of a project's organization. */
  policiesOf: (projectId: string) => CachedRead<ResourcePolicy[]>
  clock: Clock
}

type Parsed = Awaited<ReturnType<CedarEngine["parse"]>>
type Said = Pick<PolicyRuling, "says" | "why">

/** Policies are at most this old, and a failed reading is repeated after the second time. */
const maxAgeMs = 60_000
const failedMaxAgeMs = 10_000
/** A form waits at most this long for policies: a later answer has them. */
const patienceMs = 2_500
/** Longer texts take seconds to parse. Atlas's own examples have at most 500 characters. */
const longestText = 20_000
/** So many texts are kept parsed; an organization rarely has 200 policies. */
const mostParsed = 2_000
const worstFirst: readonly Said["says"][] = ["forbids", "may-forbid", "not-checked"]
const engineFailed = "the policy engine of this server failed"

/** Says what resource policies make of a change, by Cedar's own engine, before anything is sent. */
export class PolicyJudge {
  readonly #deps: PolicyJudgeDeps
  /** Text → what the engine reads in it. */
  readonly #parsed = new Map<string, Parsed>()

  constructor(deps: PolicyJudgeDeps) {
    this.#deps = deps
  }

  /** Judges a change. Never throws, and never waits long: what is not known then is not checked. */
  async judge(change: PolicyChange): Promise<PolicyFindings> {
    const { clock, policiesOf } = this.#deps
    const cached = policiesOf(change.projectId)
    const age = cached.kept.failure === null ? maxAgeMs : failedMaxAgeMs
    let rulings: PolicyRuling[] | null = null
    const judge = async () => {
      await cached.refresh(age)
      rulings = await this.#judgeAll(cached.kept.value ?? [], change)
    }
    await waitAtMost(clock, patienceMs, [judge()])
    const { value, failure } = cached.kept
    const isRead = value !== null && failure === null && cached.isFresh(age)
    const notAllowed = failure?.code === "atlas_rights_missing"
    const problem = isRead ? null : notAllowed ? "not-allowed" : "unread"
    const notYet = { says: "not-checked", why: "the policy engine of this server takes too long" } as const
    return {
      rulings: rulings ?? (isRead ? value.map((policy) => toRuling(policy, notYet)) : []),
      problem,
    }
  }

  async #judgeAll(policies: readonly ResourcePolicy[], change: PolicyChange): Promise<PolicyRuling[]> {
    const texts = [...new Set(policies.flatMap(({ bodies }) => bodies.filter((body) => body !== null)))]
    const readings = new Map<string, TextReading>()
    for (const text of texts) readings.set(text, await this.#read(text, change.action))
    const said = await this.#evaluate(readings, change)
    return policies.map((policy) =>
      toRuling(policy, chooseWorst(policy.bodies.map((body) => sayOf(body, said)))),
    )
  }

  async #read(text: string, action: PolicyAction): Promise<TextReading> {
    if (text.length > longestText) return { is: "unknown", why: "its text is too long" }
    const parsed = this.#parsed.get(text) ?? (await this.#deps.engine.parse(text).catch(() => null))
    if (parsed === null) return { is: "unknown", why: engineFailed }
    if (this.#parsed.size >= mostParsed) this.#parsed.clear()
    this.#parsed.set(text, parsed)
    if (parsed.type === "failure") return { is: "unknown", why: "its text can't be parsed" }
    return readPolicyText(parsed.json, action)
  }

  /** Evaluates what can be decided by the state before the change and by the one after it. */
  async #evaluate(
    readings: ReadonlyMap<string, TextReading>,
    change: PolicyChange,
  ): Promise<Map<string, Said>> {
    const said = new Map<string, Said>()
    if (readings.size === 0) return said
    const sets = change.toSets()
    const texts: string[] = []
    for (const [text, reading] of readings) {
      if (reading.is === "other") said.set(text, { says: "allows", why: null })
      else if (reading.is === "unknown") said.set(text, { says: "not-checked", why: reading.why })
      else if (reading.usesSet && "unknown" in sets)
        said.set(text, { says: "not-checked", why: sets.unknown })
      else texts.push(text)
    }
    if (texts.length === 0) return said
    const { before, after } = "unknown" in sets ? { before: [], after: [] } : sets
    const outcomes = await Promise.all([before, after].map((set) => this.#ask(texts, change, set)))
    for (const [at, text] of texts.entries()) said.set(text, combine(outcomes.map((outcome) => outcome(at))))
    return said
  }

  /** Returns a function from the place of a text to its outcome. */
  async #ask(texts: readonly string[], { projectId, action }: PolicyChange, set: readonly string[]) {
    const toValue = (one: string) =>
      action === "project.ipAccessList.modify" ? { __extn: { fn: "ip", arg: one } } : one
    const call: AuthorizationCall = {
      principal: { type: "ResourcePolicy::Principal", id: "caller" },
      action: { type: "ResourcePolicy::Action", id: action },
      resource: { type: "ResourcePolicy::Project", id: projectId },
      context: { project: { [policySets[action]]: set.map(toValue) } },
      policies: { staticPolicies: Object.fromEntries(texts.map((text, at) => [String(at), text])) },
      entities: [],
    }
    const answer = await this.#deps.engine.evaluate(call).catch(() => null)
    if (answer?.type !== "success") return () => engineFailed
    const { reason, errors } = answer.response.diagnostics
    const forbidding = new Set(reason)
    const failed = new Map(errors.map(({ policyId, error }) => [policyId, error.message]))
    return (at: number): boolean | string =>
      failed.has(String(at)) ? "it fails when it is evaluated" : forbidding.has(String(at))
  }
}

/** @param outcomes whether it forbids, or why that is not known, by the state before and after */
function combine(outcomes: readonly (boolean | string)[]): Said {
  const why = outcomes.find((outcome) => typeof outcome === "string")
  if (why !== undefined) return { says: "not-checked", why }
  const [before, after] = outcomes
  return { says: before !== after ? "may-forbid" : before === true ? "forbids" : "allows", why: null }
}

function sayOf(body: string | null, said: ReadonlyMap<string, Said>): Said {
  const known = body === null ? undefined : said.get(body)
  return known ?? { says: "not-checked", why: "Atlas does not tell its text" }
}

function chooseWorst(said: readonly Said[]): Said {
  const worst = worstFirst.flatMap((wanted) => said.filter(({ says }) => says === wanted)).at(0)
  return worst ?? { says: "allows", why: null }
}

function toRuling({ name, description }: ResourcePolicy, { says, why }: Said): PolicyRuling {
  return { name, description, says, why }
}

import { isFields } from "#resources/request-body.ts"

/** Something that goes wrong with a signed request; several may be given together, and a delay comes first. */
export type Fault = {
  status?: number
  /** A text goes out as it is, anything else as JSON; without it the answer is what such a status usually carries. */
  body?: unknown
  contentType?: string
  delayMs?: number
  cut?: "before" | "during" | "after"
  /** Seconds; alone it means 429. */
  retryAfter?: number
  /** The public key to revoke, or true for the one that signed. */
  revokeKey?: string | true
  /** Forgets every nonce, so that the request is challenged again with `stale=true`. */
  staleNonces?: true
}

export type FaultRule = {
  /** `path` is a part of the path and query, or a regular expression between slashes. */
  match: { method?: string; path?: string }
  fault: Fault
  /** How often it strikes; null until cleared. */
  times: number | null
}

/** The faults that are set, asked once for each signed request. */
export type Faults = {
  add: (rule: FaultRule) => void
  /** Takes the first rule that fits, and one of its times. */
  take: (method: string, target: string) => Fault | null
  clear: () => void
  all: () => readonly FaultRule[]
}

function toPathTest(path: string): (target: string) => boolean {
  const expression = /^\/(.+)\/([a-z]*)$/.exec(path)
  // A path that ends in a slash looks like an expression too; with nothing special in it, it is a path.
  if (expression === null || /^[\w/.%-]+$/.test(path)) return (target) => target.includes(path)
  const test = new RegExp(expression[1] ?? "", expression[2])
  return (target) => test.test(target)
}

/** Creates the store of faults. */
export function createFaults(): Faults {
  let rules: { rule: FaultRule; left: number; fits: (target: string) => boolean }[] = []
  return {
    add(rule) {
      const fits = rule.match.path === undefined ? () => true : toPathTest(rule.match.path)
      rules.push({ rule, left: rule.times ?? Number.POSITIVE_INFINITY, fits })
    },
    take(method, target) {
      const found = rules.find(
        ({ rule, fits }) =>
          (rule.match.method === undefined || rule.match.method.toUpperCase() === method) && fits(target),
      )
      if (found === undefined) return null
      found.left -= 1
      if (found.left <= 0) rules = rules.filter((one) => one !== found)
      return found.rule.fault
    },
    clear() {
      rules = []
    },
    all: () => rules.map(({ rule, left }) => ({ ...rule, times: Number.isFinite(left) ? left : null })),
  }
}

type Check = (value: unknown) => boolean
const isText: Check = (value) => typeof value === "string" && value !== ""
const isWhole =
  (min: number, max: number): Check =>
  (value) =>
    typeof value === "number" && Number.isInteger(value) && value >= min && value <= max

const faultFields: Record<string, { is: Check; must: string }> = {
  status: { is: isWhole(200, 599), must: "a status from 200 to 599" },
  body: { is: () => true, must: "" },
  contentType: { is: isText, must: "a media type" },
  delayMs: { is: isWhole(0, 600_000), must: "milliseconds up to 600000" },
  cut: {
    is: (value) => value === "before" || value === "during" || value === "after",
    must: "before, during or after",
  },
  retryAfter: { is: isWhole(0, 86_400), must: "whole seconds" },
  revokeKey: { is: (value) => value === true || isText(value), must: "a public key, or true" },
  staleNonces: { is: (value) => value === true, must: "true" },
}
const onOwn = Object.keys(faultFields).filter((name) => name !== "body" && name !== "contentType")

function checkFault(value: unknown): value is Fault {
  if (!isFields(value)) throw new RangeError("fault must be an object")
  for (const [name, given] of Object.entries(value)) {
    const field = faultFields[name]
    if (field === undefined)
      throw new RangeError(`fault.${name} is unknown; there are ${Object.keys(faultFields).join(", ")}`)
    if (!field.is(given)) throw new RangeError(`fault.${name} must be ${field.must}`)
  }
  if (!onOwn.some((name) => name in value)) throw new RangeError(`fault needs one of ${onOwn.join(", ")}`)
  return true
}

function readMatch(value: unknown): FaultRule["match"] {
  if (value === undefined) return {}
  if (!isFields(value)) throw new RangeError("match must be an object")
  const { method, path, ...rest } = value
  const [unknown] = Object.keys(rest)
  if (unknown !== undefined) throw new RangeError(`match.${unknown} is unknown; there are method, path`)
  if (method !== undefined && typeof method !== "string") throw new RangeError("match.method must be a text")
  if (path !== undefined && typeof path !== "string") throw new RangeError("match.path must be a text")
  if (path !== undefined) toPathTest(path)
  return { ...(method === undefined ? {} : { method }), ...(path === undefined ? {} : { path }) }
}

/** Reads a rule as the control API takes it; throws RangeError or SyntaxError with a sentence for the sender. */
export function parseFaultRule(value: unknown): FaultRule {
  if (!isFields(value)) throw new RangeError("the body must be {match, fault, times?}")
  const match = readMatch(value["match"])
  const fault = value["fault"]
  if (!checkFault(fault)) throw new RangeError("fault must be an object")
  const times = value["times"] ?? null
  if (times !== null && !isWhole(1, 1_000_000)(times))
    throw new RangeError("times must be a whole number from 1")
  // Struck again and again, it would never let a client through.
  const untilCleared = fault.staleNonces === true || fault.revokeKey !== undefined ? 1 : null
  return { match, fault, times: typeof times === "number" ? times : untilCleared }
}

import { z } from "zod"
import { parseInput } from "./parse-input.ts"

// `body` and `contentType` only describe the answer of a `status`.
const effects = [
  "status",
  "code",
  "delayMs",
  "cut",
  "retryAfter",
  "revokeKey",
  "staleNonces",
  "headers",
] as const

const faultSchema = z
  .strictObject({
    status: z.int().min(200).max(599).optional(),
    /** Goes out as it is when a text, otherwise as JSON; left out, the answer is what such a status usually carries. */
    body: z.unknown().optional(),
    /** AWS only: the code of an error (`RequestLimitExceeded`), with its usual status and message. */
    code: z.string().min(1).optional(),
    contentType: z.string().min(1).optional(),
    delayMs: z.int().min(0).max(600_000).optional(),
    cut: z.enum(["before", "during", "after"]).optional(),
    /** Seconds; alone it means 429. */
    retryAfter: z.int().min(0).max(86_400).optional(),
    /** The public key to revoke, or true for the signing key. */
    revokeKey: z.union([z.literal(true), z.string().min(1)]).optional(),
    /** Goes out with the answer, over headers of the same name. */
    headers: z.record(z.string(), z.string()).optional(),
    /** Forgets every nonce: the request is challenged again with `stale=true`. */
    staleNonces: z.literal(true).optional(),
  })
  .refine((fault) => effects.some((name) => fault[name] !== undefined), {
    error: `needs one of ${effects.join(", ")}`,
  })

const services = ["atlas", "aws"] as const
type Service = (typeof services)[number]

const lonelyRuleSchema = z.strictObject({
  /**
   * `path` is a part of path and query, or a regular expression between slashes. `service` is Atlas by default; the path of a call of
   * AWS is `/ec2/DescribeVpcs?region=us-east-1`.
   */
  match: z
    .strictObject({
      service: z.enum(services).optional(),
      method: z.string().optional(),
      path: z.string().optional(),
    })
    .default({}),
  fault: faultSchema,
  times: z.int().min(1).max(1_000_000).nullish(),
})
const ruleSchema = lonelyRuleSchema.extend({
  /** Another rule, which begins when this one is used for the first time. */
  next: lonelyRuleSchema.optional(),
})

/** A failure of a signed request; effects combine, and a delay comes first. */
export type Fault = z.infer<typeof faultSchema>
type LonelyRule = z.infer<typeof lonelyRuleSchema> & { times: number | null }
/** A fault and the requests it applies to; `times` is null until cleared. */
export type FaultRule = LonelyRule & { next?: LonelyRule | undefined }

/** The active fault rules; each signed request takes from them once. */
export type Faults = {
  add: (rule: FaultRule) => void
  /** Takes the first rule that fits, and one of its times. */
  take: (method: string, target: string, service?: Service) => Fault | null
  clear: () => void
  all: () => readonly FaultRule[]
}

function toPathTest(path: string): (target: string) => boolean {
  const expression = /^\/(.+)\/([a-z]*)$/.exec(path)
  // A path that ends in a slash looks like an expression too; without special characters it is a path.
  if (expression === null || /^[\w/.%-]+$/.test(path)) return (target) => target.includes(path)
  const test = new RegExp(expression[1] ?? "", expression[2])
  return (target) => test.test(target)
}

/** Creates the store of fault rules. */
export function createFaults(): Faults {
  let rules: { rule: FaultRule; left: number; fits: (target: string) => boolean }[] = []
  function add(rule: FaultRule) {
    const fits = rule.match.path === undefined ? () => true : toPathTest(rule.match.path)
    rules.push({ rule, left: rule.times ?? Number.POSITIVE_INFINITY, fits })
  }
  return {
    add,
    take(method, target, service = "atlas") {
      const found = rules.find(
        ({ rule, fits }) =>
          (rule.match.service ?? "atlas") === service &&
          (rule.match.method === undefined || rule.match.method.toUpperCase() === method) &&
          fits(target),
      )
      if (found === undefined) return null
      found.left -= 1
      const { next, ...rule } = found.rule
      found.rule = rule
      if (found.left <= 0) rules = rules.filter((one) => one !== found)
      if (next !== undefined) add(next)
      return rule.fault
    },
    clear() {
      rules = []
    },
    all: () => rules.map(({ rule, left }) => ({ ...rule, times: Number.isFinite(left) ? left : null })),
  }
}

/** Parses a rule of the control API; throws RangeError, or SyntaxError for a bad regular expression. */
export function parseFaultRule(value: unknown): FaultRule {
  const { next, ...rule } = parseInput(ruleSchema, value)
  return { ...toFaultRule(rule), ...(next !== undefined && { next: toFaultRule(next) }) }
}

function toFaultRule({ match, fault, times }: z.infer<typeof lonelyRuleSchema>): LonelyRule {
  if (match.path !== undefined) toPathTest(match.path)
  // Repeated, these would never let a client through.
  const strikesOnce = fault.staleNonces === true || fault.revokeKey !== undefined
  return { match, fault, times: times ?? (strikesOnce ? 1 : null) }
}

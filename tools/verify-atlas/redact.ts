import { isFields, type Answer, type Json } from "./exchange.ts"
import { sentTexts } from "./steps.ts"

/** Fields whose texts are Atlas's own words. Of other fields only what is known to be harmless is kept. */
const keptFields = new Set(
  (
    "STATUS errorCode reason detail errorMessage errorState errorStateName status statusName providerName regionName regions region " +
    "accepterRegionName roleName roles href rel method path scope endpointSetId endpointSetName parameters"
  ).split(" "),
)

/** Forms of ids, names and addresses. */
const patterns: readonly (readonly [kind: string, pattern: RegExp])[] = [
  ["secret", /\bmdb_sa_sk_[\w-]+/g],
  ["client", /\bmdb_sa_id_\w+/g],
  ["uuid", /\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b/gi],
  ["network", /\b(?:vpc|pcx|sg|nt|p)-[0-9a-z]{8,24}(?:-[0-9a-z]+)?\b/g],
  ["id", /\b[0-9a-f]{24}\b/gi],
  ["account", /\b\d{12}\b/g],
  ["time", /\b\d{4}-\d\d-\d\dT[\d:.]+Z?/g],
  ["mail", /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g],
  ["address", /\b\d{1,3}(?:\.\d{1,3}){3}\b/g],
  ["address", /(?<![\w:])(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}(?![\w:])/gi],
  ["host", /\b[\w-]+(?:\.[\w-]+)*\.(?:mongodb(?:gov)?\.(?:net|com)|amazonaws\.com|azure\.com)\b/gi],
]

/** Values that steps send, and the private ranges, which errors list. */
const ofNobody = `${sentTexts} 10.0.0.0 172.16.0.0 192.168.0.0`

/** Headers whose values are of one server or one moment. */
const varying = new Set(
  "ratelimit ratelimit-remaining retry-after x-envoy-upstream-service-time x-java-version x-mongodb-service-version".split(
    " ",
  ),
)

export type Redactor = ReturnType<typeof createRedactor>

/** Replaces what belongs to somebody by placeholders, the same one for the same value. */
export function createRedactor() {
  const known = new Map<string, string>([["https://cloud.mongodb.com", "<origin>"]])
  const counts = new Map<string, number>()

  function number(kind: string, value: string): string {
    if (ofNobody.includes(value)) return value
    const count = (counts.get(kind) ?? 0) + 1
    if (!known.has(value)) {
      counts.set(kind, count)
      known.set(value, kind === "time" ? "<time>" : `<${kind}-${count}>`)
    }
    return known.get(value) ?? ""
  }

  function text(words: string): string {
    const byLength = [...known].sort(([one], [other]) => other.length - one.length)
    const named = byLength.reduce((left, [value, mark]) => {
      // A short name may be a part of other words.
      const whole = new RegExp(`(?<![\\w<-])${value.replaceAll(/[^\w\s]/g, "\\$&")}(?![\\w>-])`, "g")
      return left.replaceAll(whole, mark)
    }, words)
    return patterns.reduce(
      (left, [kind, pattern]) => left.replaceAll(pattern, (value) => number(kind, value)),
      named,
    )
  }

  function json(value: Json, field = ""): Json {
    if (Array.isArray(value)) return value.map((one) => json(one, field))
    if (isFields(value))
      return Object.fromEntries(Object.entries(value).map(([name, one]) => [text(name), json(one, name)]))
    if (typeof value !== "string") return value
    const redacted = text(value)
    const isHarmless = /^(<[\w -]+>)*(\/\d+)?$/.test(redacted) || sentTexts.includes(redacted)
    return keptFields.has(field) || isHarmless ? redacted : "<text>"
  }

  function headers(all: Answer["headers"]): Answer["headers"] {
    const kept = Object.entries(all).map(([name, value]) => [
      name,
      varying.has(name) ? "<varies>" : text(value.replace(/nonce="[^"]*"/, 'nonce="<nonce>"')),
    ])
    return Object.fromEntries(kept) as Answer["headers"]
  }

  return {
    /** Names a value from now on. */
    name(value: string, mark: string) {
      if (value !== "") known.set(value, `<${mark}>`)
    },
    json,
    headers,
  }
}

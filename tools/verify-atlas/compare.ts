import { isFields, type Exchange, type Json, type Way } from "./exchange.ts"
import { listSteps } from "./steps.ts"

export type Aspect =
  "status" | "code" | "text" | "fields" | "types" | "order" | "values" | "headers" | "states" | "time"

export interface Difference extends Way {
  step: string
  aspect: Aspect
  /** Atlas's first, then the stand-in's. */
  says: string
}

type Found = Pick<Difference, "aspect" | "says">

/** A state is read every five seconds. */
const sameTimeSeconds = 10

/** Returns how Atlas's answer differs from the stand-in's; null where Atlas refused what the stand-in allows, which proves nothing. */
export function compareExchanges(atlas: Exchange, standIn: Exchange): Difference[] | null {
  if ([401, 402, 403, 429, 503].includes(atlas.status) && standIn.status < 400) return null
  const { credential, version, step } = atlas
  const isShape = listSteps(atlas).find(({ name }) => name === step)?.isShape === true
  const found = [
    ...differ("status", atlas.status, standIn.status),
    ...compareHeaders(atlas.headers, standIn.headers),
    ...compareJson("", atlas.answer, standIn.answer, isShape && atlas.status < 400),
    ...differ("states", atlas.states?.join(", ") ?? "", standIn.states?.join(", ") ?? ""),
    ...(Math.abs((atlas.seconds ?? 0) - (standIn.seconds ?? 0)) > sameTimeSeconds
      ? differ("time", `${atlas.seconds} s`, `${standIn.seconds} s`)
      : []),
  ]
  return found.map((one) => ({ credential, version, step, ...one }))
}

function differ(aspect: Aspect, atlas: Json, standIn: Json, what = ""): Found[] {
  if (withoutNumbers(atlas) === withoutNumbers(standIn)) return []
  const [one, other] = [atlas, standIn].map((value) =>
    typeof value === "string" ? value : JSON.stringify(value),
  )
  return [{ aspect, says: `${what && `${what}: `}${one || "none"}, and the stand-in: ${other || "none"}` }]
}

/** Placeholders count what came before, which is more in a project that has something. */
function withoutNumbers(value: Json): Json {
  return typeof value === "string" ? value.replaceAll(/<(\w+)-\d+>/g, "<$1>") : value
}

function compareHeaders(atlas: Exchange["headers"], standIn: Exchange["headers"]): Found[] {
  const names = new Set([...Object.keys(atlas), ...Object.keys(standIn)])
  return [...names].flatMap((name) => differ("headers", atlas[name] ?? null, standIn[name] ?? null, name))
}

function compareJson(path: string, atlas: Json, standIn: Json, isShape: boolean): Found[] {
  const [type, other] = [toType(atlas), toType(standIn)]
  if (type !== other) return differ("types", type, other, path || "the body")
  if (Array.isArray(atlas) && Array.isArray(standIn)) {
    const lengths = isShape ? [] : differ("values", atlas.length, standIn.length, `entries of ${path}`)
    const pairs = atlas
      .slice(0, isShape ? 1 : standIn.length)
      .map((one, index) => [one, standIn[index]] as const)
    return [
      ...lengths,
      ...pairs.flatMap(([one, its], index) =>
        its === undefined ? [] : compareJson(`${path}[${index}]`, one, its, isShape),
      ),
    ]
  }
  if (isFields(atlas) && isFields(standIn)) return compareFields(path, atlas, standIn, isShape)
  const field = path.replace(/^.*\./, "")
  if (field === "errorCode") return differ("code", atlas, standIn)
  if (/^(detail|reason|parameters)\b/.test(field)) return differ("text", atlas, standIn, path)
  return isShape ? [] : differ("values", atlas, standIn, path)
}

function compareFields(
  path: string,
  atlas: { [name: string]: Json },
  standIn: { [name: string]: Json },
  isShape: boolean,
): Found[] {
  const [names, others] = [Object.keys(atlas), Object.keys(standIn)]
  const at = (name: string) => (path === "" ? name : `${path}.${name}`)
  const missing = others.filter((name) => !names.includes(name))
  const added = names.filter((name) => !others.includes(name))
  const common = names.filter((name) => others.includes(name))
  const order = others.filter((name) => names.includes(name))
  return [
    ...missing.map((name): Found => ({ aspect: "fields", says: `no ${at(name)}, which the stand-in has` })),
    ...added.map((name): Found => ({ aspect: "fields", says: `${at(name)}, which the stand-in lacks` })),
    ...differ("order", common.join(", "), order.join(", "), path || "the body"),
    ...common.flatMap((name) => compareJson(at(name), atlas[name] ?? null, standIn[name] ?? null, isShape)),
  ]
}

function toType(value: Json): string {
  if (value === null) return "null"
  return Array.isArray(value) ? "list" : typeof value
}

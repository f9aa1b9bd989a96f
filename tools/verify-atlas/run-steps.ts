import type { Way, Exchange, Answer, Json, Send } from "./exchange.ts"
import { asText, isFields, toJson } from "./exchange.ts"
import type { Redactor } from "./redact.ts"
import { listSteps, type Step } from "./steps.ts"

export interface Site {
  send: Send
  /** Values by their placeholders. */
  known: Map<string, Json>
  redactor: Redactor
  signal: AbortSignal
  mayWrite: (step: Step, way: Way) => Promise<boolean>
  /** Rejects once the run is stopped. */
  wait: (seconds: number) => Promise<void>
  onExchange: (exchange: Exchange) => void
}

const pauseSeconds = 5
const longestWaitSeconds = 900
const mostPauses = 5
const mostFailures = 3

/** Sends every step of a way for which there is permission and whose placeholders are known. */
export async function runSteps(way: Way, site: Site): Promise<void> {
  let failures = 0
  for (const step of listSteps(way)) {
    const path = fill(step.path, site.known, (value) => encodeURIComponent(asText(value)))
    const template = typeof step.body === "string" ? step.body : JSON.stringify(step.body)
    const body = template === undefined ? "" : fill(template, site.known, JSON.stringify)
    if (path === null || body === null) continue
    if (step.method !== "GET" && !(await site.mayWrite(step, way))) continue
    try {
      await runStep(way, step, { path, body }, site)
      failures = 0
    } catch (error) {
      failures += 1
      // One lost answer is not seen, and ends nothing.
      if (site.signal.aborted || failures === mostFailures) throw error
    }
  }
}

async function runStep(
  way: Way,
  step: Step,
  { path, body }: { path: string; body: string },
  { send, known, redactor, signal, wait, onExchange }: Site,
): Promise<void> {
  const type = way.version === "v1.0" ? "application/json" : "application/vnd.atlas.2023-01-01+json"
  const ask = async (pauses = 0): Promise<Answer> => {
    const answer = await send(
      {
        method: step.method,
        path: `/api/atlas/${way.version}${path && `/${path}`}`,
        headers: { accept: type, ...(body !== "" && { "content-type": type }), ...step.headers },
        ...(body !== "" && { body }),
        isUnsigned: step.isUnsigned === true,
      },
      signal,
    )
    if (answer.status !== 429 || pauses >= mostPauses) return answer
    await wait(Number(answer.headers["retry-after"]) || pauseSeconds)
    return await ask(pauses + 1)
  }

  let answer = await ask()
  const states = [toState(answer)]
  let seconds = 0
  const isDone = () =>
    step.until?.test(states.at(-1) ?? "") !== false ||
    [401, 403].includes(answer.status) ||
    seconds >= longestWaitSeconds
  while (!isDone()) {
    await wait(pauseSeconds)
    seconds += pauseSeconds
    answer = await ask()
    if (toState(answer) !== states.at(-1)) states.push(toState(answer))
  }
  const json = toJson(answer.text)
  for (const [mark, field] of Object.entries(step.keeps ?? {})) {
    const value = isFields(json) && answer.status < 300 ? json[field] : undefined
    if (value === undefined) continue
    known.set(mark, value)
    if (typeof value === "string") redactor.name(value, mark)
  }
  onExchange({
    ...way,
    step: step.name,
    method: step.method,
    path: step.path,
    ...(step.body !== undefined && { body: shorten(step.body) }),
    status: answer.status,
    headers: redactor.headers(answer.headers),
    answer: redactor.json(json),
    ...(step.until !== undefined && { states, seconds }),
  })
}

/** Replaces `{name}` in a path, and `"{name}"` in JSON. Null when a value is not known. */
function fill(
  template: string,
  known: ReadonlyMap<string, Json>,
  write: (value: Json) => string,
): string | null {
  const names = [...template.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name)
  if (names.some((name) => !known.has(name))) return null
  return template.replaceAll(/"?\{(\w+)\}"?/g, (_, name: string) => write(known.get(name) ?? null))
}

/** Returns a peer's status, an error's code, or the status of the answer. */
function toState({ status, text }: Answer): string {
  const json = toJson(text)
  const state = isFields(json) ? (json["statusName"] ?? json["errorCode"]) : null
  return typeof state === "string" ? state : String(status)
}

function shorten(body: Json): Json {
  const { length } = JSON.stringify(body)
  return length > 2000 ? `<${length} characters>` : body
}

import { setTimeout as pause } from "node:timers/promises"
import { readEventStream, type EventReader } from "#bff/test/support/event-reader.ts"
import {
  apiUrls,
  AuditPage,
  idempotencyKeyHeader,
  Peering,
  PeeringList,
  requestedByHeader,
} from "@peering-desk/shared-schemas"
import type { Desk } from "#tools/lab/desk.ts"
import { toQuantile } from "#tools/lab/figure.ts"

/** A person who is signed in at a server. */
export interface Client {
  desk: Desk
  cookie: string
}

/** A person who is signed in at an address. */
interface Person {
  desk: Pick<Desk, "origin">
  cookie: string
}

/** Returns an item that is there. */
export function at<T>(items: readonly T[], index: number): T {
  const item = items[index]
  if (item === undefined) throw new Error(`there is no item ${index} of ${items.length}`)
  return item
}

/** An answer; its status is 0 when none came. */
export interface Reply {
  status: number
  text: string
  ms: number
}

export async function signInAt(desk: Desk, persona?: string): Promise<Client> {
  return { desk, cookie: await desk.signIn(persona) }
}

/** Sends a request as our own page does. Never rejects. */
export async function ask(
  { desk, cookie }: Person,
  method: string,
  path: string,
  { body, key }: { body?: object; key?: string } = {},
): Promise<Reply> {
  const from = performance.now()
  const end = (status: number, text: string) => ({ status, text, ms: performance.now() - from })
  try {
    const answer = await fetch(`${desk.origin}${path}`, {
      method,
      headers: {
        cookie,
        "sec-fetch-site": "same-origin",
        [requestedByHeader]: "1",
        ...(body !== undefined && { "content-type": "application/json" }),
        ...(key !== undefined && { [idempotencyKeyHeader]: key }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    return end(answer.status, await answer.text())
  } catch (error) {
    return end(0, String(error))
  }
}

/** Asks for a connection. */
export async function create(
  person: Person,
  projectId: string,
  request: object,
  key: string,
): Promise<Reply> {
  return await ask(person, "POST", apiUrls.peerings(projectId), {
    body: { reason: "Orders move to Atlas", request },
    key,
  })
}

/** Asks for a connection that has to be made. Returns its id. */
export async function createNow(
  person: Person,
  projectId: string,
  request: object,
  key: string,
): Promise<string> {
  const { status, text } = await create(person, projectId, request, key)
  if (status !== 201) throw new Error(`the create was answered ${status}: ${text}`)
  return Peering.parse(JSON.parse(text)).id
}

export async function list(client: Client, projectId: string): Promise<PeeringList> {
  return PeeringList.parse(JSON.parse((await ask(client, "GET", apiUrls.peerings(projectId))).text))
}

/** Reads a page of the audit log, the newest rows or those before one; null when the server does not answer. */
export async function readAuditPage(client: Client, before?: number): Promise<AuditPage | null> {
  const query = { limit: "200", ...(before !== undefined && { before: String(before) }) }
  const { status, text } = await ask(client, "GET", apiUrls.audit(query))
  return status === 200 ? AuditPage.parse(JSON.parse(text)) : null
}

export async function setLabel(client: Client, projectId: string, id: string, label: string): Promise<void> {
  const path = apiUrls.peeringLabel(projectId, id)
  const { status, text } = await ask(client, "PUT", path, { body: { label } })
  if (status !== 204 && status !== 200) throw new Error(`the label was answered ${status}: ${text}`)
}

export async function openStream(
  { desk, cookie }: Client,
  projectIds: readonly string[],
  lastEventId = "",
): Promise<EventReader> {
  const url = `${desk.origin}${apiUrls.events({ projects: projectIds.join(",") })}`
  const reader = await readEventStream(url, {
    cookie,
    ...(lastEventId !== "" && { "last-event-id": lastEventId }),
  })
  if (reader.status !== 200) throw new Error(`the stream was answered ${reader.status}`)
  return reader
}

/** Reads one of the server's metrics, summed over its labels. */
export async function readMetric({ desk }: Client, name: string): Promise<number> {
  const { text } = await ask({ desk, cookie: "" }, "GET", "/metrics")
  const lines = text.split("\n").filter((line) => line.startsWith(`${name} `) || line.startsWith(`${name}{`))
  return lines.reduce(
    (sum, line) => sum + Number(line.slice(line.lastIndexOf(" "))),
    lines.length > 0 ? 0 : Number.NaN,
  )
}

/** Waits until something is so. Returns how long that took, in seconds; infinity when it took longer than allowed. */
export async function secondsUntil(
  isSo: () => boolean | Promise<boolean>,
  mostSeconds: number,
  everyMs = 20,
): Promise<number> {
  const from = performance.now()
  while (performance.now() - from < mostSeconds * 1_000) {
    if (await isSo()) return (performance.now() - from) / 1_000
    await pause(everyMs)
  }
  return Number.POSITIVE_INFINITY
}

/** Waits for something that comes in time, or throws. */
export async function within<T>(seconds: number, coming: Promise<T>, what: string): Promise<T> {
  const late = new AbortController()
  const patience = pause(seconds * 1_000, null, { signal: late.signal }).then(() => {
    throw new Error(`${what} did not come within ${seconds} s`)
  })
  patience.catch(() => undefined)
  try {
    return await Promise.race([coming, patience])
  } finally {
    late.abort()
  }
}

/** Asks again and again while something goes on. Returns how long each answer took, in milliseconds, with its status. */
export async function askDuring(
  work: Promise<unknown>,
  send: () => Promise<Reply>,
  everyMs = 100,
): Promise<Reply[]> {
  const replies: Reply[] = []
  let isOver = false
  const over = work.finally(() => (isOver = true))
  while (!isOver) {
    replies.push(await send())
    await pause(everyMs)
  }
  await over
  return replies
}

/** Returns how long all but one in a hundred of the answers took at most, in milliseconds. */
export function toP99(replies: readonly Reply[]): number {
  return toQuantile(
    replies.map(({ ms }) => ms),
    0.99,
  )
}

export { pause }

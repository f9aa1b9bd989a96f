import type { Person } from "#scenes/scene.ts"

/** What the director asks the demo's front, and the product in the name of the signed-in person. */
export interface Front {
  /** Puts the project of a scene back to its beginning. */
  prepare: (scene: string, signal: AbortSignal) => Promise<void>
  request: (
    act: { as: Person; method: string; path: string; body?: object },
    signal: AbortSignal,
  ) => Promise<unknown>
  world: (call: { method: string; path: string; body?: object }, signal?: AbortSignal) => Promise<void>
  /** Returns what the script printed. */
  run: (call: { script: string; account: string }, signal: AbortSignal) => Promise<string>
  /** Returns whether the signed-in person may play every scene. */
  isAdministrator: (signal: AbortSignal) => Promise<boolean>
  /** Returns the newest connection that Atlas lists in a project; null without one. */
  findNewest: (projectId: string, signal: AbortSignal) => Promise<ListedPeering | null>
  /** Lets the product poll Atlas now. */
  poll: (projectId: string, id: string) => Promise<void>
}

/** A connection of the product's list, as far as the director reads it. */
export interface ListedPeering {
  id: string
  firstSeenAt: string
  createdAt: string | null
  peer: { providerName: string; status?: string; statusName?: string }
}

export const front: Front = {
  async prepare(scene, signal) {
    await send("POST", "/demo/prepare", { scene }, signal)
  },
  request: (act, signal) => send("POST", "/demo/request", act, signal),
  async world(call, signal) {
    await send("POST", "/demo/world", call, signal)
  },
  async run(call, signal) {
    return ((await send("POST", "/demo/run", call, signal)) as { output: string }).output
  },
  async isAdministrator(signal) {
    const answer = await fetch("/api/session", { signal })
    if (!answer.ok) return false
    return (
      ((await answer.json()) as { access: { everywhere: string | null } }).access.everywhere ===
      "administrator"
    )
  },
  async findNewest(projectId, signal) {
    const list = await listPeerings(projectId, signal)
    const time = (one: ListedPeering) => Date.parse(one.createdAt ?? one.firstSeenAt)
    return list.reduce<ListedPeering | null>((a, b) => (a === null || time(b) > time(a) ? b : a), null)
  },
  async poll(projectId, id) {
    await send("POST", `/api/projects/${projectId}/peerings/${id}/poll`, {})
  },
}

/** Lists the connections of a project, as the product's pages do. */
export async function listPeerings(projectId: string, signal?: AbortSignal): Promise<ListedPeering[]> {
  const answer = (await send("GET", `/api/projects/${projectId}/peerings`, undefined, signal)) as {
    peerings: ListedPeering[]
  }
  return answer.peerings
}

/** Asks for JSON. Throws in the words of the answer when it is refused. */
async function send(method: string, path: string, body?: object, signal?: AbortSignal): Promise<unknown> {
  const answer = await fetch(path, {
    method,
    // The second one is by which the product knows its own pages.
    headers: { "content-type": "application/json", "x-peering-desk": "1" },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(signal !== undefined && { signal }),
  })
  const text = await answer.text()
  const json: unknown = text === "" ? null : JSON.parse(text)
  if (answer.ok) return json
  const words = (json ?? {}) as { detail?: string; title?: string; error?: string }
  throw new Error(words.detail ?? words.error ?? words.title ?? `${path} answered ${answer.status}.`)
}

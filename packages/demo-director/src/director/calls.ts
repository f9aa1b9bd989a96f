import type { Call, Person } from "#scenes/scene.ts"

/** What the director asks the demo's front, and the product in the name of the signed-in person. */
export const front = {
  /** Puts the project of a scene back to its beginning. */
  async prepare(scene: string, signal: AbortSignal): Promise<void> {
    await send("POST", "/demo/prepare", { scene }, signal)
  },
  /** Asks the product in another person's name. */
  request: (act: Call & { as: Person }, signal: AbortSignal) => send("POST", "/demo/request", act, signal),
  /** Plays the clouds, their faults or their clock. */
  async world(call: Call, signal?: AbortSignal): Promise<void> {
    await send("POST", "/demo/world", call, signal)
  },
  /** Runs the look-up of a scene in the simulated cloud, and returns what it printed. */
  async run(scene: string, signal: AbortSignal): Promise<string> {
    return ((await send("POST", "/demo/run", { scene }, signal)) as { output: string }).output
  },
  /** Returns whether the signed-in person may play every scene. */
  async isAdministrator(signal: AbortSignal): Promise<boolean> {
    const answer = await fetch("/api/session", { signal })
    if (!answer.ok) return false
    const session = (await answer.json()) as { access: { everywhere: string | null } }
    return session.access.everywhere === "administrator"
  },
  /** Returns the id of the newest connection that Atlas lists in a project; null without one. */
  async findNewest(projectId: string, signal: AbortSignal): Promise<string | null> {
    const answer = await send("GET", `/api/projects/${projectId}/peerings`, undefined, signal)
    const { peerings } = answer as { peerings: { id: string }[] }
    // Atlas's ids begin with their time.
    const ids = peerings.map(({ id }) => id)
    return ids.toSorted().at(-1) ?? null
  },
  /** Lets the product poll Atlas for a connection now. */
  async poll(projectId: string, id: string): Promise<void> {
    await send("POST", `/api/projects/${projectId}/peerings/${id}/poll`, {})
  },
}
export type Front = typeof front

/** Asks for JSON. Throws in the words of the answer when it is refused. */
async function send(method: string, path: string, body?: object, signal?: AbortSignal): Promise<unknown> {
  const answer = await fetch(path, {
    method,
    // By the second one the product knows its own pages.
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

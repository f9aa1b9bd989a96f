import { readJson, Refusal } from "./answer.ts"

/** Calls the simulator's control API. Resolves to the JSON of the answer; rejects in the simulator's words when it refuses. */
export type World = (method: string, path: string, body?: unknown) => Promise<unknown>

export function createWorld(simulatorUrl: URL): World {
  return async (method, path, body) => {
    const answer = await fetch(new URL(`/simulator${path}`, simulatorUrl), {
      method,
      // No call is lost on a connection that the simulator has just closed.
      headers: { "content-type": "application/json", connection: "close" },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const value = readJson(await answer.text())
    if (answer.ok) return value
    const { error } = { ...(value as { error?: string } | undefined) }
    throw new Refusal(400, error ?? `The simulator answered ${answer.status}.`)
  }
}

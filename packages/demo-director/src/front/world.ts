import { readJson, Refusal, type Answer } from "./demo-api.ts"

/** Calls of the simulator's control API that scenes use: the owner's acts in the cloud, faults, and the clock. */
const allowed: readonly string[] = [
  "POST /cloud-side",
  "POST /azure-role",
  "POST /network-acts",
  "POST /foreign-change",
  "POST /policies",
  "POST /clusters",
  "PUT /networks",
  "PUT /reading-roles",
  "POST /faults",
  "DELETE /faults",
  "POST /clock",
]

/** A project of the simulated Atlas, as far as the front compares it with the product's lists. */
export interface SimulatedProject {
  id: string
  peers: { id: string; status: string }[]
  containers: { id: string }[]
  accessList: { value: string }[]
}

/** Calls the simulator's control API, which answers this machine only. */
export class World {
  readonly #url: URL

  constructor(simulatorUrl: URL) {
    this.#url = simulatorUrl
  }

  /** Passes on a call of a scene. */
  async pass(method: string, path: string, body: unknown): Promise<Answer> {
    if (!allowed.includes(`${method} ${path}`)) throw new Refusal(404, "Scenes have no such call.")
    await this.call(method, path, body)
    return { status: 204 }
  }

  /** Returns the JSON of the answer. Throws in the simulator's words when it refuses. */
  async call(method: string, path: string, body?: unknown): Promise<unknown> {
    const answer = await fetch(new URL(`/simulator${path}`, this.#url), {
      method,
      headers: { "content-type": "application/json" },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    const value = text === "" ? null : readJson(text)
    if (answer.ok) return value
    const { error } = { ...(value as { error?: string } | null) }
    throw new Refusal(400, error ?? `The simulator answered ${answer.status}.`)
  }

  async readProject(projectId: string): Promise<SimulatedProject> {
    const { projects } = (await this.call("GET", "/state")) as { projects: SimulatedProject[] }
    const project = projects.find(({ id }) => id === projectId)
    if (project === undefined) throw new Refusal(404, `The simulated Atlas has no project ${projectId}.`)
    return project
  }
}

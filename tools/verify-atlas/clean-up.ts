import { asText, isFields, toJson, type Json, type Send } from "./exchange.ts"
import { own } from "./steps.ts"

const clouds = ["AWS", "GCP", "AZURE"] as const
const pauseSeconds = 5
const mostTries = 120

type Fields = { [name: string]: Json }

/** Lists what a project has that a throwaway one has not, or what could not be read. */
export async function findUses(send: Send, projectId: string, signal: AbortSignal): Promise<string[]> {
  const project = createProject(send, projectId, signal)
  const lists: readonly (readonly [what: string, path: string, date?: string])[] = [
    ["cluster(s)", "clusters", "2024-08-05"],
    ["container(s)", "containers/all"],
    ...clouds.map((cloud) => [`connection(s) on ${cloud}`, `peers?providerName=${cloud}`] as const),
  ]
  const uses: string[] = []
  for (const [what, path, date] of lists) {
    const found = await project.list(path, date)
    if (found === null) uses.push(`${what} that could not be read`)
    else if (found.length > 0) uses.push(`${found.length} ${what}`)
  }
  return uses
}

/**
 * Deletes what the steps made, also where no answer said that it was made. Returns what is left, with what Atlas made of a wrong
 * request and the marks don't show: the project was empty before.
 */
export async function cleanUp(
  send: Send,
  projectId: string,
  wait: (seconds: number, signal: AbortSignal) => Promise<void>,
): Promise<string[]> {
  // Goes on after the run was stopped.
  const { signal } = new AbortController()
  const project = createProject(send, projectId, signal)
  const starts = (fields: Fields, name: string, start: string) => asText(fields[name]).startsWith(start)
  const isOwnPeer = (fields: Fields) => starts(fields, "vpcId", own.vpcStart)
  const isOwnContainer = (fields: Fields) => starts(fields, "atlasCidrBlock", own.blockStart)
  const isOwnEntry = (fields: Fields) =>
    fields["cidrBlock"] === own.entry && fields["comment"] === own.comment

  async function removeAll(what: string, list: string, isOwn: (fields: Fields) => boolean, id: string) {
    for (let tries = 0; ; tries += 1) {
      const listed = await project.list(list)
      if (listed === null) return [`perhaps one ${what}, since the list could not be read`]
      const ids = listed.filter(isOwn).map((fields) => asText(fields[id]))
      if (ids.length === 0 || tries === mostTries) return ids.map((one) => `${what} ${one}`)
      if (tries > 0) await wait(pauseSeconds, signal)
      for (const one of ids) await project.remove(`${list.replace(/\?.*/, "")}/${encodeURIComponent(one)}`)
    }
  }

  try {
    const left = [
      ...(await removeAll("entry of the access list", "accessList", isOwnEntry, "cidrBlock")),
      ...(await removeAll("connection", "peers?providerName=AWS", isOwnPeer, "id")),
      ...(await removeAll("container", "containers?providerName=AWS", isOwnContainer, "id")),
    ]
    return left.length > 0 ? left : await findUses(send, projectId, signal)
  } catch (error) {
    return [
      `what was made, since the clean-up failed (${error instanceof Error ? error.message : "unknown"})`,
    ]
  }
}

function createProject(send: Send, projectId: string, signal: AbortSignal) {
  const call = (method: "GET" | "DELETE", path: string, date: string) =>
    send(
      {
        method,
        path: `/api/atlas/v2/groups/${encodeURIComponent(projectId)}/${path}`,
        headers: { accept: `application/vnd.atlas.${date}+json` },
      },
      signal,
    )
  return {
    remove: (path: string) => call("DELETE", path, "2023-01-01"),
    /** Null when it can't be read. */
    async list(path: string, date = "2023-01-01"): Promise<Fields[] | null> {
      const { status, text } = await call("GET", path, date)
      const json = toJson(text)
      const results = isFields(json) ? json["results"] : null
      return status === 200 && Array.isArray(results) ? results.filter(isFields) : null
    },
  }
}

import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { apiUrls, requestedByHeader, requestedByValue } from "@peering-desk/shared-schemas"
import { runScript } from "#tools/lab/programs.ts"
import { toProjectId } from "#tools/lab/bench/creates/world.ts"
import { sessionSecret, startDesk } from "#tools/lab/desk.ts"
import { atlasKey, startAtlasStub, startScript } from "#tools/lab/bench/stand-ins.ts"

const filler = fileURLToPath(new URL("../../../../apps/bff/test/support/session-filler.ts", import.meta.url))
export const connectionCount = 500

/** A server of event streams. */
export interface StreamServer {
  url: string
  pid: number
  /** Request line and headers of one stream. */
  toHead: (index: number) => string
  /** Sends an event with this text to every reader. */
  say: (text: string) => Promise<void>
  /** Sends an event of each connection to every reader. */
  changeAll: (change: number) => Promise<void>
  stop: () => Promise<void>
}

/** Starts ours: a project with its connections, and as many people signed in. */
export async function startOurStreams(work: string, people: number): Promise<StreamServer> {
  const atlas = await startAtlasStub({ projects: 1, connections: connectionCount })
  const environment = { ATLAS_PEERS_PER_PROJECT: "99999" }
  const desk = await startDesk(work, { url: atlas.url, ...atlasKey }, environment)
  const cookies = await signPeopleIn(join(work, "data"), people)
  const projectId = toProjectId(0)
  const [writer = ""] = cookies
  const list = await fetch(`${desk.origin}${apiUrls.peerings(projectId)}`, { headers: { cookie: writer } })
  const { lastEventId, peerings } = (await list.json()) as { lastEventId: string; peerings: { id: string }[] }
  const [peering] = peerings
  return {
    url: desk.origin,
    pid: desk.pid,
    // As a page does that has read the list.
    toHead: (index) =>
      `GET ${apiUrls.events({ projects: `${projectId}@${lastEventId}` })} HTTP/1.1\r\nCookie: ${cookies[index % people] ?? ""}`,
    async say(text) {
      const answer = await fetch(`${desk.origin}${apiUrls.peeringLabel(projectId, peering?.id ?? "")}`, {
        method: "PUT",
        headers: {
          cookie: writer,
          origin: desk.origin,
          "content-type": "application/json",
          [requestedByHeader]: requestedByValue,
        },
        body: JSON.stringify({ label: text }),
      })
      if (!answer.ok) throw new Error(`no name was written: ${answer.status} ${await answer.text()}`)
    },
    async changeAll(change) {
      // Both mean that Atlas works, so the next poll comes soon.
      await atlas.control("status", { projectId, statusName: change % 2 === 0 ? "FINALIZING" : "INITIATING" })
    },
    async stop() {
      await desk.stop()
      await atlas.stop()
    },
  }
}

/** Starts a peer, which sends what it is told. */
export async function startPeerStreams(script: string): Promise<StreamServer> {
  const server = await startScript(`streams/${script}`)
  const say = async (body: string) => {
    await (await fetch(server.url, { method: "POST", body })).text()
  }
  return {
    ...server,
    toHead: () => "GET /events HTTP/1.1",
    // As long as an event of ours.
    say: (text) => say(text + "x".repeat(900)),
    changeAll: (change) =>
      say(Array.from({ length: connectionCount }, () => `${change}${"x".repeat(900)}`).join("\n")),
  }
}

async function signPeopleIn(dataDirectory: string, people: number): Promise<string[]> {
  const cookies = await runScript(filler, dataDirectory, String(people), sessionSecret)
  return cookies.trim().split("\n")
}

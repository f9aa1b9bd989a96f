import { apiUrls } from "@peering-desk/shared-schemas"
import { toProjectId } from "#tools/lab/bench/creates/world.ts"
import { collectingFlags } from "#tools/lab/bench/process-cost.ts"
import { list, setLabel } from "#tools/lab/chaos/client.ts"
import { signPeopleIn, startAtlasStub, startProduct, startScript } from "#tools/lab/bench/stand-ins.ts"

const connectionCount = 500
/** Each has as many streams as a person may have, 32. */
const people = 320

/** A server of event streams. */
export interface StreamServer {
  url: string
  pid: number
  log: () => string
  /** Request line and headers of one stream. */
  toHead: (index: number) => string
  /** Sends an event with this text to every reader. */
  say: (text: string) => Promise<void>
  stop: () => Promise<void>
}

/** Starts ours: a project with its connections, and people signed in. */
export async function startOurStreams(work: string): Promise<StreamServer> {
  const atlas = await startAtlasStub({ projects: 1, connections: connectionCount })
  const environment = { ATLAS_PEERS_PER_PROJECT: "99999", STREAMS_PER_USER: "32" }
  const desk = await startProduct(work, atlas.url, environment, { flags: collectingFlags })
  const cookies = await signPeopleIn(people, work)
  const projectId = toProjectId(0)
  const writer = { desk, cookie: cookies[0] ?? "" }
  const { lastEventId, peerings } = await list(writer, projectId)
  return {
    url: desk.origin,
    pid: desk.pid,
    log: desk.log,
    // As a page does that has read the list.
    toHead: (index) =>
      `GET ${apiUrls.events({ projects: `${projectId}@${lastEventId}` })} HTTP/1.1\r\nCookie: ${cookies[index % people] ?? ""}`,
    say: (text) => setLabel(writer, projectId, peerings[0]?.id ?? "", text),
    async stop() {
      await desk.stop()
      await atlas.stop()
    },
  }
}

/** Starts the peer, which sends the events that it gets. */
export async function startPeerStreams(): Promise<StreamServer> {
  const server = await startScript("streams/plain-streams.ts", [], { flags: collectingFlags })
  return {
    ...server,
    toHead: () => "GET /events HTTP/1.1",
    async say(text) {
      // As long as an event of ours.
      await (await fetch(server.url, { method: "POST", body: text + "x".repeat(900) })).text()
    },
  }
}

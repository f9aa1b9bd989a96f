import { randomUUID } from "node:crypto"
import type { IncomingMessage, ServerResponse } from "node:http"
import { text } from "node:stream/consumers"
import { scenes } from "#scenes/scenes.ts"
import { sandboxes, type Sandbox } from "@peering-desk/atlas-simulator/sandboxes"
import { buildLookUpScript } from "@peering-desk/peering-rules"
import { readJson, Refusal, type Answer } from "./answer.ts"
import { People } from "./people.ts"
import { prepare } from "./prepare.ts"
import { runLookUp } from "./run-look-up.ts"
import { createWorld } from "./world.ts"

/** What scenes call below `/simulator`: the owner's acts in the cloud, faults, and the clock. */
const ofScenes = /^(POST \/(cloud-side|azure-role|network-acts|faults|clock)|DELETE \/faults)$/

/**
 * Answers the director's calls below `/demo/`. Each must come from a page of the demo's own address: any other site could make a browser
 * here act for the people of the demo.
 */
export function createCalls(publicUrl: URL, simulatorUrl: URL) {
  const people = new People(publicUrl)
  const world = createWorld(simulatorUrl)
  let run = randomUUID()

  async function answer(path: string, body: Readonly<Record<string, string>>): Promise<Answer> {
    const { method = "", path: to = "", as } = body
    switch (path) {
      case "/demo/prepare":
        await prepare(findSandbox(body["scene"]), people, world)
        run = randomUUID()
        return { status: 204 }
      case "/demo/request":
        if (as !== "nadia" && as !== "olivia")
          throw new Refusal(400, "Nobody of that name is signed in here.")
        return people.send({ as, method, path: to, body: body["body"] }, run)
      case "/demo/world":
        if (!ofScenes.test(`${method} ${to}`)) throw new Refusal(404, "Scenes have no such call.")
        await world(method, to, body["body"])
        return { status: 204 }
      case "/demo/run":
        return { status: 200, body: { output: await lookUp(findSandbox(body["scene"]), simulatorUrl) } }
      default:
        throw new Refusal(404, "There is no such call.")
    }
  }

  async function checkAndAnswer(request: IncomingMessage): Promise<Answer> {
    const { host, "sec-fetch-site": site, "content-type": type = "" } = request.headers
    if (host !== publicUrl.host || site !== "same-origin")
      throw new Refusal(403, "This call must come from a page of the demo.")
    if (!/^application\/json *(;|$)/i.test(type)) throw new Refusal(415, "Send JSON.")
    const body = readJson(await text(request))
    if (typeof body !== "object" || body === null) throw new Refusal(400, "The body is no JSON object.")
    return answer(request.url ?? "", body as Record<string, string>)
  }

  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { status, body } = await checkAndAnswer(request).catch((error: Error): Answer => {
      const { message: problem } = error
      return { status: error instanceof Refusal ? error.status : 500, body: { error: problem } }
    })
    response.writeHead(status, { "content-type": "application/json", "cache-control": "no-store" })
    response.end(body === undefined ? undefined : JSON.stringify(body))
  }
}

function findSandbox(sceneId: unknown): Sandbox {
  const project = scenes.find(({ id }) => id === sceneId)?.project
  const found = Object.values(sandboxes).find(({ projectId }) => projectId === project)
  if (found === undefined) throw new Refusal(404, "There is no such scene.")
  return found
}

/** Runs the look-up of a scene's VPC. The page sends no script, so it can have nothing else run on this machine. */
async function lookUp({ network }: Sandbox, simulatorUrl: URL): Promise<string> {
  if (!("vpcId" in network)) throw new Refusal(404, "The scene has no look-up.")
  const { awsAccountId, vpcId, region } = network
  const ids = { awsAccountId, vpcId, accepterRegionName: region }
  const script = buildLookUpScript({ providerName: "AWS", ids, atlasCidr: null })
  return await runLookUp(script ?? "", simulatorUrl, awsAccountId)
}

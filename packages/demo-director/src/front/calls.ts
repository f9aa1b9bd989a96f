import { randomUUID } from "node:crypto"
import type { Person } from "#scenes/scene.ts"
import { scenes } from "#scenes/scenes.ts"
import { Refusal, type Calls } from "./demo-api.ts"
import { People } from "./people.ts"
import { prepare } from "./prepare.ts"
import { runLookUp } from "./run-look-up.ts"
import { World } from "./world.ts"

const people: readonly string[] = ["nadia", "olivia"] satisfies Person[]

/** Creates the calls that the director makes. */
export function createCalls(publicUrl: URL, simulatorUrl: URL): Calls {
  const signedIn = new People(publicUrl)
  const world = new World(simulatorUrl)
  let run = randomUUID()
  return {
    async "/demo/prepare"({ scene: id }) {
      const scene = scenes.find((one) => one.id === id)
      if (scene === undefined) throw new Refusal(404, "There is no such scene.")
      await prepare(scene.project, signedIn, world)
      run = randomUUID()
      return { status: 204 }
    },
    "/demo/request"({ as, method, path, body }) {
      if (!isPerson(as)) throw new Refusal(400, "Nobody of that name is signed in here.")
      return signedIn.send({ as, method: readText(method), path: readText(path), body }, run)
    },
    "/demo/world"({ method, path, body }) {
      return world.pass(readText(method), readText(path), body)
    },
    async "/demo/run"({ script, account }) {
      const output = await runLookUp(readText(script), simulatorUrl, readText(account))
      return { status: 200, body: { output } }
    },
  }
}

function isPerson(value: unknown): value is Person {
  return typeof value === "string" && people.includes(value)
}

function readText(value: unknown): string {
  if (typeof value === "string") return value
  throw new Refusal(400, "A part of the call is no text.")
}

import { demoControlPath } from "@peering-desk/shared-schemas"
import { QueryClient } from "@tanstack/react-query"
import { http, HttpResponse } from "msw"
import { setupServer } from "msw/node"
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest"
import { makeList, projectId } from "#mock-bff/samples.ts"
import { ScenePlayer } from "./player.ts"
import { beginRun, getScene, keepRun, readRun, toResumed, type Run } from "./run.ts"

/** A run whose first steps are seen. */
const begin = (sceneId: string, step: number): Run => ({
  ...beginRun(sceneId, {
    key: "a-key",
    network: {
      projectId,
      request: {
        providerName: "AWS",
        containerId: "64b1f0a27c3d5e4f8a9b0c2e",
        accepterRegionName: "us-east-1",
        awsAccountId: "482913570264",
        routeTableCidrBlock: "10.20.0.0/16",
        vpcId: "vpc-0a1b2c3d4e5f60718",
      },
      networkBlocks: ["10.20.0.0/16"],
    },
    speed: 20,
  }),
  startedAt: 0,
  step,
  reached: step,
})

describe("A scene of the demo that is reloaded", () => {
  const steps = getScene({ sceneId: "audit" }).steps.map(({ title }) => title)
  const [beforePress, afterPress] = [steps.indexOf("Is anything missing?"), steps.indexOf("Proven")]
  const pressed = { ...begin("audit", beforePress), acted: 1 }
  const pressing = { ...pressed, phase: "acting", acted: 0 }

  test("brings back what the page forgot by it", () => {
    const proven = { ...begin("audit", afterPress), acted: 1 }
    expect(toResumed(proven)).toEqual({ ...pressing, reached: afterPress })
  })

  test("presses again when the page forgets the answer that was on its way", () => {
    expect(toResumed({ ...pressed, phase: "acting" })).toEqual(pressing)
    expect(toResumed({ ...pressed, phase: "waiting" })).toEqual(pressing)
  })

  test("waits on for what the server knows, and does nothing again", () => {
    const waiting: Run = { ...begin("audit", 0), phase: "waiting", acted: 1 }
    expect(toResumed(waiting)).toEqual(waiting)
    expect(toResumed(begin("audit", beforePress))).toEqual(begin("audit", beforePress))
  })
})

describe("A scene of the demo that a reload has not brought back yet", () => {
  let letListsCome = () => {}
  let lists = Promise.resolve()
  const server = setupServer(
    http.get("*/peerings", async () => {
      await lists
      return HttpResponse.json(makeList([]))
    }),
    http.all(`*${demoControlPath}/*`, () => new HttpResponse(null, { status: 204 })),
  )
  beforeAll(() => server.listen({ onUnhandledRequest: "error" }))
  beforeEach(() => {
    lists = new Promise((resolve) => {
      letListsCome = resolve
    })
  })
  afterAll(() => server.close())

  test.each([
    ["a reset", (player: ScenePlayer) => player.startOver()],
    ["a person who leaves it", (player: ScenePlayer) => player.leave()],
  ])("is ended by %s", async (_what, end) => {
    keepRun({ ...begin("aws", 3), isPlaying: true })
    const client = new QueryClient()
    const player = new ScenePlayer({ client, navigate: () => {}, mayRequest: () => true })
    const close = player.open()
    await end(player)
    letListsCome()
    await vi.waitFor(() => expect(client.getQueryCache().getAll()[0]?.state.status).toBe("success"))
    expect(player.read()).toBeNull()
    expect(readRun()).toBeNull()
    close()
  })
})

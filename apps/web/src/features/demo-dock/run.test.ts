import { expect, test } from "vitest"
import { getScene, toResumed, type Run } from "./run.ts"

const audit: Run = {
  sceneId: "audit",
  startedAt: 0,
  step: 4,
  reached: 4,
  phase: "shown",
  acted: 0,
  isPlaying: false,
  speed: 1,
  projectId: "64b1f0a27c3d5e4f8a9b0c1d",
  request: {
    providerName: "AWS",
    containerId: "64b1f0a27c3d5e4f8a9b0c2e",
    accepterRegionName: "us-east-1",
    awsAccountId: "482910573846",
    routeTableCidrBlock: "10.20.0.0/16",
    vpcId: "vpc-0a1b2c3d4e5f60718",
  },
  peeringId: null,
  networkBlocks: [],
  againKey: "a-key",
  ownerUrl: null,
  problem: null,
}
const { steps } = getScene(audit)

test("A scene of the demo presses Verify again when a reload took its answer, or met it on its way", () => {
  expect(steps[4]?.title).toBe("Is anything missing?")
  const pressing = { ...audit, phase: "acting", acted: 0 }
  expect(toResumed({ ...audit, step: 5, reached: 5, acted: 1 })).toMatchObject({ ...pressing, reached: 5 })
  expect(toResumed({ ...audit, phase: "acting", acted: 0 })).toEqual(pressing)
  // Pressed, and the answer is not there yet.
  expect(toResumed({ ...audit, phase: "acting", acted: 1 })).toEqual(pressing)
  expect(toResumed({ ...audit, phase: "waiting", acted: 1 })).toEqual(pressing)
})

test("A scene of the demo waits on after a reload for what the server knows, and does nothing again", () => {
  const waiting: Run = { ...audit, step: 0, reached: 0, phase: "waiting", acted: 1 }
  expect(toResumed(waiting)).toEqual(waiting)
  expect(toResumed(audit)).toEqual(audit)
})

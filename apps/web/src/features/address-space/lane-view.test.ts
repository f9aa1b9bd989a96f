import { toAddressPicture } from "@peering-desk/peering-rules"
import { AtlasPeer, Container } from "@peering-desk/shared-schemas"
import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { findBlockAt, laneRows, toPlace } from "./lane-picture.ts"
import {
  findLane,
  lanes,
  panView,
  toTicks,
  toViewOfBlock,
  toWholeView,
  zoomView,
  type Lane,
} from "./lane-view.ts"

const anyLane = fc.constantFrom(...lanes)
const anyMoves = fc.array(
  fc.oneof(
    fc.record({
      factor: fc.double({ min: 0.1, max: 10, noNaN: true }),
      at: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
    fc.record({ share: fc.double({ min: -2, max: 2, noNaN: true }) }),
  ),
  { maxLength: 20 },
)

function move(lane: Lane, moves: typeof anyMoves extends fc.Arbitrary<infer T> ? T : never) {
  return moves.reduce(
    (view, one) =>
      "factor" in one ? zoomView(lane, view, one.factor, one.at) : panView(lane, view, one.share),
    toWholeView(lane),
  )
}

describe("a view of a lane", () => {
  test("never leaves its lane", () => {
    fc.assert(
      fc.property(anyLane, anyMoves, (lane, moves) => {
        const { first, size } = move(lane, moves)
        expect(size).toBeGreaterThan(0)
        expect(first).toBeGreaterThanOrEqual(lane.first)
        expect(first + size).toBeLessThanOrEqual(lane.first + lane.size)
      }),
    )
  })

  test("keeps the address under the pointer in place while zooming", () => {
    fc.assert(
      fc.property(anyLane, fc.double({ min: 0, max: 1, noNaN: true }), (lane, at) => {
        const near = zoomView(lane, toWholeView(lane), 4, at)
        expect(near.first + near.size * at).toBeCloseTo(lane.first + lane.size * at, 0)
      }),
    )
  })

  test("contains the whole block that it zooms to", () => {
    fc.assert(
      fc.property(anyLane, fc.integer({ min: 8, max: 32 }), fc.nat(), (lane, prefix, place) => {
        const size = Math.min(lane.size, 2 ** (32 - prefix))
        const first = lane.first + (place % (lane.size / size)) * size
        const view = toViewOfBlock(lane, { first, last: first + size - 1 })
        expect(view.first).toBeLessThanOrEqual(first)
        expect(view.first + view.size).toBeGreaterThanOrEqual(first + size)
        expect(findLane({ first, last: first + size - 1 })).toBe(lane)
      }),
    )
  })

  test("gets ticks where blocks begin, and no more than fit", () => {
    fc.assert(
      fc.property(anyLane, anyMoves, fc.integer({ min: 1, max: 20 }), (lane, moves, most) => {
        const view = move(lane, moves)
        const ticks = toTicks(view, most)
        expect(ticks.length).toBeLessThanOrEqual(most + 1)
        for (const tick of ticks) expect(tick).toBe(Math.floor(tick))
      }),
    )
  })
})

test("findBlockAt returns the smallest block of a row, also a thin one", () => {
  const { blocks } = toAddressPicture(
    [
      {
        project: { id: "p", name: "payments" },
        containers: [Container.parse({ providerName: "AWS", id: "c", atlasCidrBlock: "10.64.0.0/16" })],
        peers: ["10.64.0.0/10", "10.64.0.0/11", "10.200.0.0/30"].map((routeTableCidrBlock, index) =>
          AtlasPeer.parse({
            providerName: "AWS",
            id: `p${index}`,
            vpcId: `vpc-${index}`,
            routeTableCidrBlock,
          }),
        ),
        privateIpMode: null,
        readAt: null,
        problem: null,
      },
    ],
    null,
  )
  const [lane] = lanes
  if (lane === undefined) throw new Error("10.0.0.0/8 is a lane")
  const find = (x: number, y: number) => findBlockAt(blocks, toWholeView(lane), 1024, { x, y })?.cidr
  const [upper, lower] = [laneRows.container.top + 5, laneRows.peer.top + 5]
  expect(find(257, upper)).toBe("10.64.0.0/16")
  expect(find(257, lower)).toBe("10.64.0.0/11")
  expect(find(400, lower)).toBe("10.64.0.0/10")
  expect(find(801, lower)).toBe("10.200.0.0/30")
  expect(find(801, upper)).toBe("10.128.0.0/9")
  expect(find(30, lower)).toBeUndefined()
  for (const block of blocks) expect(toPlace(block, toWholeView(lane), 1024).width).toBeGreaterThanOrEqual(3)
})

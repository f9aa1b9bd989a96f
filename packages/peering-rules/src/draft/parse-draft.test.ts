import { expect, test } from "vitest"
import { readNetworkBlocks } from "./parse-draft.ts"
import { drafts } from "#test/drafts.ts"

test.each([
  ["AWS", []],
  ["AZURE", ["10.0.0.0/16"]],
] as const)(
  "a further block of a network on %s that the field of AWS repeats is read as %j",
  (cloud, blocks) => {
    const draft = drafts[cloud]
    const repeated = {
      ...draft,
      request: { ...draft.request, routeTableCidrBlock: "10.0.0.0/16" },
      networkBlocks: ["10.0.0.0/16"],
    }
    expect(readNetworkBlocks({ draft: repeated, known: null }).blocks).toEqual(blocks)
  },
)

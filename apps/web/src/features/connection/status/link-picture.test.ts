import { readAtlasPeer, type ProviderName } from "@peering-desk/shared-schemas"
import { knownStatuses } from "@peering-desk/peering-rules"
import { expect, test } from "vitest"
import { toLinkPicture } from "./link-picture.ts"

function picture(
  providerName: ProviderName,
  status: string,
  more: Record<string, unknown> = {},
  isGone = false,
) {
  const raw = { id: "1", [providerName === "AWS" ? "statusName" : "status"]: status, ...more }
  const peer = readAtlasPeer(raw, providerName)
  if (peer === null) throw new Error("a peer has an id")
  return toLinkPicture(peer, isGone)
}

test("each status of each cloud has its shape, and each shape its words", () => {
  const shapes = (["AWS", "GCP", "AZURE"] as const).map((cloud) =>
    knownStatuses(cloud).map((status) => `${status} ${picture(cloud, status).shape}`),
  )
  expect(shapes).toEqual([
    [
      "INITIATING asking",
      "PENDING_ACCEPTANCE waiting",
      "FINALIZING joining",
      "AVAILABLE joined",
      "FAILED broken-between",
      "TERMINATING removing",
    ],
    [
      "ADDING_PEER asking",
      "WAITING_FOR_USER waiting",
      "AVAILABLE joined",
      "FAILED broken-between",
      "DELETING removing",
    ],
    [
      "ADDING_PEER asking",
      "AVAILABLE joined",
      "FAILED broken-between",
      "DELETION_FAILED broken-yours",
      "DELETING removing",
    ],
  ])
})

test("a failure breaks the link on the side of its cause", () => {
  expect(picture("AWS", "FAILED", { errorStateName: "REJECTED" })).toEqual({
    shape: "broken-yours",
    caption: "your account refused",
  })
  expect(
    picture("AZURE", "FAILED", { errorState: "a peer with an overlapping CIDR block already exists" }),
  ).toEqual({ shape: "broken-atlas", caption: "the addresses overlap" })
})

test("a word that is not known, and one of another cloud, draw nothing in particular", () => {
  expect(picture("GCP", "PENDING_ACCEPTANCE").shape).toBe("unknown")
  expect(picture("AWS", "TOMORROW").shape).toBe("unknown")
})

test("a deleted connection is drawn as gone in every state", () => {
  expect(picture("AWS", "AVAILABLE", {}, true).shape).toBe("gone")
})

import { readAtlasPeer, readStatus, type HandOffView, type ProviderName } from "@peering-desk/shared-schemas"
import { expect, test } from "vitest"
import { toHandOffTitle, toSeenWords, toStateWords } from "./hand-off.ts"

function makeView(providerName: ProviderName, raw: object, turn: HandOffView["turn"]): HandOffView {
  const peer = readAtlasPeer({ id: "1112222b3bf99403840e8934", ...raw }, providerName)
  if (peer === null) throw new Error("has an id")
  const askedBy = { name: "Olivia Marsh", email: null }
  return {
    peer,
    turn,
    askedBy,
    status: readStatus(peer),
    container: null,
    failedWhileAvailable: false,
  } as never
}

test("An owner on Google Cloud, where nothing is accepted, waits to peer back", () => {
  const view = makeView("GCP", { status: "ADDING_PEER" }, "atlas")
  expect(toStateWords(view).more).toBe("You can peer back in a moment. This page updates automatically.")
  expect(toSeenWords(view, "10:05")).toBe("Atlas is preparing its side.")
})

test("An acceptance is said to be seen only once Atlas shows it", () => {
  expect(toSeenWords(makeView("AWS", { statusName: "INITIATING" }, "atlas"), "10:05")).toBe(
    "Atlas is preparing its side.",
  )
  expect(toSeenWords(makeView("AWS", { statusName: "FINALIZING" }, "atlas"), "10:05")).toMatch(/^Accepted\./)
})

test("A deletion that failed asks its owner for no new request", () => {
  const view = makeView("AZURE", { status: "DELETION_FAILED", errorState: "No permission." }, "failed")
  expect(toHandOffTitle(view)).toBe("The peering with your VNet couldn't be deleted")
  expect(toStateWords(view)).toMatchObject({
    short: "Deletion failed",
    more: "Once Atlas's role is on the VNet, Olivia Marsh can delete it again. Atlas's message: No permission.",
  })
})

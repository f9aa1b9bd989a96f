export type Caption = readonly [title: string, says: string | RegExp]

/** A scene of the demo: each caption, and what the page says while it is shown. */
export interface PlayedScene {
  id: string
  steps: readonly [Caption, ...Caption[]]
}

const oneForm: Caption = ["One form", "New connection"]
const waiting: Caption = ["Waiting for the owner", "Accept in AWS"]

/** The mark beside the name of a failed connection. */
const failed = /^(Failed|Rejected|Expired|VPC not found)$/

/** All of them, in the order of the dock. */
export const scenes = [
  {
    id: "aws",
    steps: [oneForm, waiting, ["The link closes", "Available"], ["The right connection string", "Available"]],
  },
  {
    id: "google-cloud",
    steps: [oneForm, ["Half a peering", /^Peer it with/], ["Both halves meet", "Available"]],
  },
  {
    id: "overlap",
    steps: [
      ["Addresses that are taken", /^Suggested fix/],
      ["The suggested fix", /^Atlas routes only to 10\./],
      waiting,
      ["Available", "Available"],
    ],
  },
  {
    id: "azure-role",
    steps: [
      ["One form, one more step", "New connection"],
      ["Azure refuses", /^Azure denied Atlas access to the VNet/],
      ["The role is assigned", "Available"],
    ],
  },
  { id: "rejected", steps: [oneForm, waiting, ["Rejected, and explained", failed]] },
  {
    id: "expiry",
    steps: [
      oneForm,
      ["Nobody answers", "Accept in AWS"],
      ["Expired", failed],
      ["Requested again", "Accept in AWS"],
    ],
  },
  {
    id: "network-deleted",
    steps: [
      oneForm,
      waiting,
      ["Available", "Available"],
      ["Found out", failed],
      ["When it happened", failed],
    ],
  },
  {
    id: "lost-answer",
    steps: [oneForm, ["Sent, but the answer was lost", "Check now"], ["Found again", "Accept in AWS"]],
  },
  {
    id: "rate-limit",
    steps: [
      ["Fresh from Atlas", "Connections"],
      ["Told to wait", /Next try at/],
      ["Fresh again", "Connections"],
    ],
  },
  {
    id: "share-page",
    steps: [oneForm, waiting, ["Two pages, one connection", "Accept in AWS"], ["Both follow", "Available"]],
  },
  {
    id: "audit",
    steps: [
      oneForm,
      waiting,
      ["One act, one row", "Audit log"],
      ["Before and after", "Hash"],
      ["Is anything missing?", "Verify integrity"],
      ["Proven", /verified/i],
    ],
  },
] as const satisfies readonly PlayedScene[]

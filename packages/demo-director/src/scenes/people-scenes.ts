import { sandboxes } from "@peering-desk/atlas-simulator/sandboxes"
import {
  ask,
  beside,
  connectionPage,
  fill,
  on,
  ownerActs,
  pageTitle,
  panel,
  press,
  requestOnAws,
} from "./parts.ts"
import type { Scene } from "./scene.ts"

const { ledger, partner } = sandboxes

export const approvalScene: Scene = {
  id: "approval",
  title: "A second person approves",
  project: ledger.projectId,
  before: [
    requestOnAws("nadia", ledger, "Reporting → Ledger", "Reporting reads the ledger (NET-1327)", {
      approval: "approval.id",
    }),
  ],
  steps: [
    {
      title: "Nadia asks.",
      caption: "Changes in ledger-prod need a second person. Nadia's waits for Olivia.",
      at: "/approvals",
      target: on("main tr, main [role=row]", ledger.network.vpcId),
    },
    {
      title: "The same path.",
      caption: "Olivia decides on what Nadia saw: both networks and every stop.",
      at: "/approvals/{approval}",
      target: on('section[aria-label="Plan"]'),
    },
    {
      title: "One act for Atlas.",
      caption: "Approving sends this and nothing else. The owner's part is listed too.",
      target: on("main section", /^What is sent/),
    },
    {
      title: "Checked again, now.",
      caption: "The plan is compared with Atlas as it is at this moment.",
      target: on("main section", /^What was checked/),
      acts: [press(on("main button", "Approve and send"))],
    },
    {
      title: "Approved, and sent once.",
      caption: "Olivia's press sent exactly this plan, in Nadia's name.",
      target: on("main section, main div", /^Approved by Olivia Marsh, and done/),
    },
    {
      title: "Nadia's connection.",
      caption: "It has her name and her reason. Olivia's approval is on record.",
      at: connectionPage,
      target: pageTitle("Nadia Brandt"),
    },
  ],
}

/** Both pages of the connection. */
const sideBySide = { at: connectionPage, beside: "/hand-off#{token}" }

export const ownerScene: Scene = {
  id: "owner-page",
  title: "The owner's page, side by side",
  project: partner.projectId,
  before: [
    requestOnAws(
      "olivia",
      partner,
      "Partner gateway → Catalog",
      "Partner gateway sends orders to the catalog (NET-1330)",
    ),
    ask("olivia", "/{connection}/hand-offs", { expiresInHours: 24, for: "Network team" }, { token: "token" }),
  ],
  steps: [
    {
      title: "Two pages, one connection.",
      caption: "The network team opens a link, without an account.",
      ...sideBySide,
      target: beside("[data-panel]", "I've accepted it"),
      acts: [
        press(beside("button", "Decline…")),
        fill(beside("dialog input"), "Please use the partner VPC of the new region"),
        press(beside('dialog button[type="submit"]')),
      ],
    },
    {
      title: "The owner declines.",
      caption: "Their reason reaches Olivia at once, wherever she is.",
      at: "/notifications",
      target: on("tbody tr", "declined the request"),
    },
    {
      title: "She can answer.",
      caption: "The request still waits. Olivia asks for it again, with her reason.",
      ...sideBySide,
      target: panel("peering", "Network team declined"),
      acts: [
        press(on("[data-panel] button", "Answer…")),
        fill(
          on("dialog textarea, dialog input"),
          "That region opens in spring. May we use this one until then?",
        ),
        press(on('dialog button[type="submit"]')),
      ],
    },
    {
      title: "An answer.",
      caption: "The network team reads it on their page, below their decline.",
      ...sideBySide,
      target: beside("[data-panel]", "answered"),
      acts: [press(beside("button", "Take back"))],
    },
    {
      title: "Taken back.",
      caption: "They agree. The one command for their account is here again.",
      ...sideBySide,
      target: beside("[data-panel]", "I've accepted it"),
      acts: [ownerActs("accept")],
    },
    {
      title: "Both pages follow.",
      caption: "The owner accepted in AWS. Nobody reloaded a page.",
      ...sideBySide,
      target: beside("output", "The networks are peered"),
    },
  ],
}

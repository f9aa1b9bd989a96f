import { sandboxes } from "@peering-desk/atlas-simulator/sandboxes"
import { connectionPage, nameOfConnection, ownerActs, pageTitle, panel, stop } from "./parts.ts"
import type { Act, Person, Scene, Target } from "./scene.ts"

const { ledger, partner } = sandboxes

/** Requests a connection on AWS in the name of a person. */
export function requestOnAws(
  as: Person,
  { container, network }: typeof ledger | typeof partner | typeof sandboxes.evidence,
  reason: string,
): Extract<Act, { kind: "request" }> {
  return {
    kind: "request",
    as,
    method: "POST",
    path: "/api/projects/{project}/peerings",
    body: {
      reason,
      request: {
        providerName: "AWS",
        containerId: container.id,
        accepterRegionName: network.region,
        awsAccountId: network.awsAccountId,
        vpcId: network.vpcId,
        routeTableCidrBlock: network.cidr,
      },
    },
  }
}

export const approvalScene: Scene = {
  id: "approval",
  title: "A second person approves",
  project: ledger.projectId,
  before: [
    {
      ...requestOnAws("nadia", ledger, "Reporting reads the ledger (NET-1327)"),
      keep: { approval: "approval.id" },
    },
  ],
  steps: [
    {
      title: "Nadia asks.",
      caption: "Changes in ledger-prod need a second person. Nadia's waits for Olivia.",
      at: "/approvals",
      target: { css: "main tr, main [role=row]", text: ledger.network.vpcId },
    },
    {
      title: "The same path.",
      caption: "Olivia decides on what Nadia saw: both networks and every stop.",
      at: "/approvals/{approval}",
      target: { css: 'section[aria-label="Plan"]' },
    },
    {
      title: "One act for Atlas.",
      caption: "Approving sends this and nothing else. The owner's part is listed too.",
      target: { css: "main section", text: /^What is sent/ },
    },
    {
      title: "Checked again, now.",
      caption: "The plan is compared with Atlas as it is at this moment.",
      target: { css: "main section", text: /^What was checked/ },
      acts: [{ kind: "press", target: { css: "main button", text: "Approve and send" } }],
    },
    {
      title: "Approved, and sent once.",
      caption: "Olivia's press sent exactly this plan, in Nadia's name.",
      target: { css: "main section, main div", text: /^Approved by Olivia Marsh, and done/ },
      acts: [nameOfConnection("Reporting → Ledger", "nadia")],
    },
    {
      title: "Nadia's connection.",
      caption: "It has her name and her reason. Olivia's approval is on record.",
      at: connectionPage,
      target: pageTitle("Nadia Brandt"),
    },
  ],
}

const ownersPage = (text: string): Target => ({ css: "[data-panel]", text, isBeside: true })

export const ownerScene: Scene = {
  id: "owner-page",
  title: "The owner's page, side by side",
  project: partner.projectId,
  before: [
    requestOnAws("olivia", partner, "Partner gateway sends orders to the catalog (NET-1330)"),
    nameOfConnection("Partner gateway → Catalog"),
    {
      kind: "request",
      as: "olivia",
      method: "POST",
      path: "/api/projects/{project}/peerings/{connection}/hand-offs",
      body: { expiresInHours: 24, for: "Network team" },
      keep: { token: "token" },
    },
  ],
  steps: [
    {
      title: "Two pages, one connection.",
      caption: "The network team opens a link, without an account.",
      at: connectionPage,
      beside: "/hand-off#{token}",
      target: ownersPage("I've accepted it"),
      acts: [
        { kind: "press", target: { css: "button", text: "Decline…", isBeside: true } },
        {
          kind: "fill",
          target: { css: "dialog input", isBeside: true },
          value: "Please use the partner VPC of the new region",
        },
        { kind: "press", target: { css: 'dialog button[type="submit"]', isBeside: true } },
      ],
    },
    {
      title: "The owner declines.",
      caption: "Their reason reaches Olivia at once, wherever she is.",
      at: "/notifications",
      target: { css: "tbody tr", text: "declined the request" },
    },
    {
      title: "She can answer.",
      caption: "The request still waits. Olivia asks for it again, with her reason.",
      at: connectionPage,
      beside: "/hand-off#{token}",
      target: panel("peering", "Network team declined"),
      acts: [
        { kind: "press", target: { css: "[data-panel] button", text: "Answer…" } },
        {
          kind: "fill",
          target: { css: "dialog textarea, dialog input" },
          value: "That region opens in spring. May we use this one until then?",
        },
        { kind: "press", target: { css: 'dialog button[type="submit"]' } },
      ],
    },
    {
      title: "An answer.",
      caption: "The network team reads it on their page, below their decline.",
      at: connectionPage,
      beside: "/hand-off#{token}",
      target: ownersPage("answered"),
      acts: [{ kind: "press", target: { css: "button", text: "Take back", isBeside: true } }],
    },
    {
      title: "Taken back.",
      caption: "They agree. The one command for their account is here again.",
      at: connectionPage,
      beside: "/hand-off#{token}",
      target: ownersPage("I've accepted it"),
      acts: [ownerActs("accept")],
    },
    {
      title: "Both pages follow.",
      caption: "The owner accepted in AWS. Nobody reloaded a page.",
      at: connectionPage,
      beside: "/hand-off#{token}",
      target: stop("peering", "proven"),
    },
  ],
}

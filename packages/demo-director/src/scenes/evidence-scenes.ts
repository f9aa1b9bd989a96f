import { sandboxes } from "@peering-desk/atlas-simulator/sandboxes"
import {
  addRoute,
  connectionPage,
  giveReason,
  learnPeeringId,
  linkToForm,
  nameConnection,
  nameOfConnection,
  pageTitle,
  panel,
  path,
  readNetwork,
  checkNow,
  sentence,
  sendForm,
  verdict,
} from "./parts.ts"
import { requestOnAws } from "./people-scenes.ts"
import type { Scene } from "./scene.ts"

const { paymentsNight, billing, evidence } = sandboxes

export const nightScene: Scene = {
  id: "route-at-night",
  title: "A route is deleted at night",
  project: paymentsNight.projectId,
  before: [nameOfConnection("Settlement → Payments")],
  steps: [
    {
      title: "It works.",
      caption: "For months now. A read-only role keeps reading the network.",
      at: connectionPage,
      target: path("can reach"),
      acts: [
        {
          kind: "world",
          method: "POST",
          path: "/network-acts",
          body: {
            act: "delete-route",
            network: paymentsNight.network.vpcId,
            to: paymentsNight.container.cidr,
          },
        },
        readNetwork,
      ],
    },
    {
      title: "Found, and named.",
      caption: "Routes were deleted at night. The next reading names the tables.",
      target: sentence("route", "no route for"),
    },
    {
      title: "On the overview.",
      caption: "What worked before is a separate group, with the time it broke.",
      at: "/",
      target: { css: "main section", text: /^Broken in AWS[^]*Settlement/ },
    },
    {
      title: "The repair.",
      caption: "The page has what to add, and where. The owner of the network does it.",
      at: connectionPage,
      target: { css: '[data-panel="route"] h3 + .quiet', text: "Add a route" },
      acts: [
        learnPeeringId,
        addRoute(paymentsNight.network.vpcId, paymentsNight.container.cidr),
        checkNow("route"),
      ],
    },
    {
      title: "Proven again.",
      caption: "All seven stops have fresh evidence. Atlas was never touched.",
      target: path("can reach"),
    },
  ],
}

export const lostAnswerScene: Scene = {
  id: "lost-answer",
  title: "An answer is lost, and found",
  project: billing.projectId,
  steps: [
    {
      title: "One request.",
      caption: "It goes to Atlas now, and this time the network loses the answer.",
      at: linkToForm({
        provider: "AWS",
        awsAccountId: billing.network.awsAccountId,
        accepterRegionName: billing.network.region,
        vpcId: billing.network.vpcId,
        routeTableCidrBlock: billing.network.cidr,
      }),
      target: verdict(/\d field|No problems found/),
      acts: [
        nameConnection("Billing → Orders"),
        giveReason("Billing reads orders (NET-1371)"),
        {
          kind: "world",
          method: "POST",
          path: "/faults",
          body: {
            match: { method: "POST", path: `/groups/${billing.projectId}/peers` },
            fault: { cut: "after" },
            times: 1,
            next: { match: { path: `/groups/${billing.projectId}/` }, fault: { cut: "before" } },
          },
        },
        sendForm,
      ],
    },
    {
      title: "Created, or not?",
      caption: "Sending again could make two. The form looks, and never sends twice.",
      target: { css: "main form [role=alert]", text: /result unknown|answer was lost/ },
      acts: [
        { kind: "world", method: "DELETE", path: "/faults" },
        { kind: "press", target: { css: "main form [role=alert] button", text: "Check now" } },
      ],
    },
    {
      title: "Found, not repeated.",
      caption: "Atlas answers again. The connection is there, once.",
      at: connectionPage,
      target: panel("peering", "must accept the request"),
    },
  ],
}

export const auditScene: Scene = {
  id: "audit",
  title: "An auditor checks the log",
  project: evidence.projectId,
  before: [
    requestOnAws("olivia", evidence, "Evidence store for the yearly audit (NET-1380)"),
    nameOfConnection("Evidence store"),
  ],
  steps: [
    {
      title: "Who, when, why?",
      caption: "In a year somebody asks about this connection. Memory is no proof.",
      at: connectionPage,
      target: pageTitle("Olivia Marsh"),
    },
    {
      title: "One act, one row.",
      caption: "The audit log has the person, the time, the reason and the outcome.",
      at: "/audit?projectId={project}",
      target: { css: "tbody tr, [role=row]", text: evidence.network.vpcId },
      acts: [{ kind: "press", target: { css: "tbody a", text: "Create connection" } }],
    },
    {
      title: "Written before it left.",
      caption: "Each entry carries the hash of the one before.",
      target: { css: "main section", text: /^Request/ },
    },
    {
      title: "And how it ended.",
      caption: "The outcome is a second entry, written when Atlas answered.",
      target: { css: "main section", text: /^Outcome/ },
    },
    {
      title: "Is anything missing?",
      caption: "The server computes every hash again and checks the signed end.",
      at: "/audit",
      target: { css: "main form", text: "Verify integrity" },
      acts: [{ kind: "press", target: { css: "main button", text: "Verify integrity" } }],
    },
    {
      title: "Proven.",
      caption: "Nothing was changed, nothing is missing, and the checkpoint shows it later.",
      target: { css: "main [role=alert] p", text: /^Verified/ },
      figure: "entries-verified",
    },
  ],
}

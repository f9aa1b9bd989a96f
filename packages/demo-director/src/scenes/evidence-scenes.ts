import { sandboxes } from "@peering-desk/atlas-simulator/sandboxes"
import {
  addRoute,
  ask,
  connectionPage,
  describe,
  linkToVpc,
  nameOfConnection,
  on,
  pageTitle,
  panel,
  path,
  press,
  requestOnAws,
  sendForm,
  world,
} from "./parts.ts"
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
        world("/network-acts", {
          act: "delete-route",
          network: paymentsNight.network.vpcId,
          to: paymentsNight.container.cidr,
        }),
        // The server reads it by itself after a while.
        ask("olivia", "/{connection}/facts/read"),
      ],
    },
    {
      title: "Found, and named.",
      caption: "A route was deleted at night. The next reading names the table.",
      target: on('[data-panel="route"] div:has(> h3)', "no route for"),
    },
    {
      title: "On the overview.",
      caption: "What worked before is a separate group, with the time it broke.",
      at: "/",
      target: on("main section", /^Broken in AWS[^]*Settlement/),
    },
    {
      title: "The repair.",
      caption: "The page has what to add, and where. The owner of the network does it.",
      at: connectionPage,
      target: panel("route", "Add a route"),
      acts: addRoute(paymentsNight),
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
      at: linkToVpc(billing.network),
      target: on("#verdict", /\d field|No problems found/),
      acts: [
        ...describe("Billing → Orders", "Billing reads orders (NET-1371)"),
        world("/faults", {
          match: { method: "POST", path: `/groups/${billing.projectId}/peers` },
          fault: { cut: "after" },
          times: 1,
          next: { match: { path: `/groups/${billing.projectId}/` }, fault: { cut: "before" } },
        }),
        sendForm,
      ],
    },
    {
      title: "Created, or not?",
      caption: "Sending again could make two. The form looks, and never sends twice.",
      target: on("main form [role=alert]", /result unknown|answer was lost/),
      acts: [
        { kind: "world", method: "DELETE", path: "/faults" },
        press(on("main form [role=alert] button", "Check now")),
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
    requestOnAws("olivia", evidence, "Evidence store", "Evidence store for the yearly audit (NET-1380)"),
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
      target: on("tbody tr, [role=row]", evidence.network.vpcId),
      acts: [press(on("tbody a", "Create connection"))],
    },
    {
      title: "Written before it left.",
      caption: "Each entry carries the hash of the one before.",
      target: on("main section", /^Request/),
    },
    {
      title: "And how it ended.",
      caption: "The outcome is a second entry, written when Atlas answered.",
      target: on("main section", /^Outcome/),
    },
    {
      title: "Is anything missing?",
      caption: "The server computes every hash again and checks the signed end.",
      at: "/audit",
      target: on("main form", "Verify integrity"),
      acts: [press(on("main button", "Verify integrity"))],
    },
    {
      title: "Proven.",
      caption: "Nothing was changed, nothing is missing, and the checkpoint shows it later.",
      target: on("main [role=alert] p", /^Verified/),
      figure: "entries-verified",
    },
  ],
}

import { sandboxes } from "@peering-desk/atlas-simulator/sandboxes"
import {
  addRoute,
  chooseNetwork,
  connectionPage,
  describe,
  fill,
  formPage,
  linkToVpc,
  on,
  ownerActs,
  panel,
  path,
  press,
  sendForm,
} from "./parts.ts"
import type { Scene } from "./scene.ts"

const { orders, hub, guarded } = sandboxes

/** The list of networks that the role of a connected account reads. */
const chooser = on("main label", /^VPC(?! )/)

export const formScene: Scene = {
  id: "form-to-string",
  title: "From a form to a connection string",
  project: orders.projectId,
  steps: [
    {
      title: "A VPC by name.",
      caption: "The account is connected, so the form lists its networks. No id to copy.",
      at: formPage,
      target: chooser,
      acts: [
        chooseNetwork(orders.network.name),
        ...describe("Orders → Ledger", "Orders reads the ledger (NET-1311)"),
      ],
    },
    {
      title: "The plan.",
      caption: "Seven stops from the application to its cluster, and no problem found.",
      target: on("#verdict", /No problems found|Ready to create/),
      acts: [sendForm],
    },
    {
      title: "The owner must accept.",
      caption: "The network team gets a deadline and the one command to run.",
      at: connectionPage,
      target: panel("peering", "must accept the request"),
      acts: [ownerActs("accept")],
    },
    {
      title: "Available, but no route.",
      caption: "Atlas is done, yet nothing arrives. The role names the table.",
      target: on('[data-panel="route"] div:has(> h3)', "no route for"),
      acts: addRoute(orders),
    },
    {
      title: "The door is closed.",
      caption: "The route is there. Atlas lets in listed addresses only.",
      target: panel("access-list"),
      acts: [
        press(on('[data-panel="access-list"] button')),
        fill(on("li:has(#stop-access-list) input:not([name])"), "Orders reads the ledger (NET-1311)"),
        press(on('li:has(#stop-access-list) button[type="submit"]', /^Add/)),
      ],
    },
    {
      title: "Every stop is proven.",
      caption: "Each has its source and its age, and the line is closed.",
      target: path("Orders → Ledger can reach"),
      figure: "stops-proven",
    },
    {
      title: "The right string.",
      caption: "One press copies it. Its names resolve to private addresses here.",
      target: panel("cluster", "Use this string"),
    },
  ],
}

export const hubScene: Scene = {
  id: "hub-overlap",
  title: "A hub with the same addresses",
  project: hub.projectId,
  steps: [
    {
      title: "Not checked.",
      caption: "This AWS account is not connected, and the form says what it can't know.",
      at: linkToVpc(hub.network, {
        container: "new",
        region: hub.network.atlasRegion,
        atlasCidrBlock: hub.peered.cidr,
      }),
      target: on("#verdict details", "not checked"),
      acts: [press(on("#verdict details summary", "not checked"))],
    },
    {
      title: "One read-only script.",
      caption: "The owner runs it in AWS CloudShell and sends back what it printed.",
      target: on("#verdict details[open] li:last-child, #verdict details[open] > div > div", /script/),
      acts: [
        { kind: "run", target: on("#verdict button", "Copy script"), keep: "lookUp" },
        press(on("#verdict button", "Paste result")),
      ],
    },
    {
      title: "A clash, before sending.",
      caption: "The hub reaches another network with these addresses already.",
      target: on("#verdict div:has(> h3)", "is also peered with"),
      figure: "refusal-avoided",
      acts: [press(on('#verdict button[aria-label^="Apply"]'))],
    },
    {
      title: "The suggested fix.",
      caption: "One press took a range that overlaps nothing the hub reaches.",
      target: on("#verdict", /passed, 0 warnings/),
    },
  ],
}

export const policyScene: Scene = {
  id: "policy",
  title: "A policy forbids a network",
  project: guarded.projectId,
  steps: [
    {
      title: "Rules of the organization.",
      caption: "Resource policies in Atlas say which networks may be peered.",
      at: formPage,
      target: chooser,
      acts: [
        chooseNetwork(guarded.network.name),
        ...describe("Records archive", "Records keeps seven years (NET-1366)"),
      ],
    },
    {
      title: "Forbidden, before sending.",
      caption: "The check names the policy and says whom to ask.",
      target: on("#verdict div:has(> h3)", "forbids this VPC"),
      figure: "refusal-avoided",
    },
    {
      title: "Nothing was sent.",
      caption: "Create stays off. Atlas got no request, and nobody has to clean up.",
      target: on('main div:has(> button[type="submit"])', "Fix 1 problem first"),
    },
  ],
}

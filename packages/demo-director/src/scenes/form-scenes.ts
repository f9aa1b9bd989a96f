import { sandboxes } from "@peering-desk/atlas-simulator/sandboxes"
import {
  addRoute,
  chooseNetwork,
  connectionPage,
  formPage,
  giveReason,
  learnPeeringId,
  linkToForm,
  nameConnection,
  ownerActs,
  panel,
  path,
  readNetwork,
  sendForm,
  verdict,
} from "./parts.ts"
import type { Scene } from "./scene.ts"

const { orders, hub, guarded } = sandboxes

export const formScene: Scene = {
  id: "form-to-string",
  title: "From a form to a connection string",
  project: orders.projectId,
  steps: [
    {
      title: "A VPC by name.",
      caption: "The AWS account is connected, so the form lists its networks. No id to copy.",
      at: formPage,
      target: { css: "main label", text: /^VPC(?! )/ },
      acts: [
        chooseNetwork(orders.network.name),
        nameConnection("Orders → Ledger"),
        giveReason("Orders reads the ledger (NET-1311)"),
      ],
    },
    {
      title: "The plan.",
      caption: "Seven stops lie between the application and its cluster. The checks found no problem.",
      target: verdict(/No problems found|Ready to create/),
      acts: [sendForm],
    },
    {
      title: "The owner must accept.",
      caption: "The page has the deadline and the command for the network team, who own the account.",
      at: connectionPage,
      target: panel("peering", "must accept the request"),
      acts: [ownerActs("accept")],
    },
    {
      title: "Available, but no route.",
      caption: "Atlas is done, yet nothing would arrive: the connected role sees that a route is missing.",
      target: panel("route", "has no route"),
      acts: [learnPeeringId, addRoute(orders.network.vpcId, orders.container.cidr), readNetwork("route")],
    },
    {
      title: "The door is still closed.",
      caption: "The routes are there. Atlas lets in only listed addresses, and these are not listed.",
      target: panel("access-list"),
      acts: [
        { kind: "press", target: { css: '[data-panel="access-list"] button' } },
        {
          kind: "fill",
          target: { css: "li:has(#stop-access-list) input:not([name])" },
          value: "Orders reads the ledger (NET-1311)",
        },
        {
          kind: "press",
          target: { css: 'li:has(#stop-access-list) button[type="submit"]', text: /^Add/ },
        },
      ],
    },
    {
      title: "Every stop is proven.",
      caption: "Each has its evidence, its source and its age. No console was opened to find out.",
      target: path("Orders → Ledger can reach"),
      figure: "stops-proven",
    },
    {
      title: "The right string.",
      caption: "One press copies it. From this VPC its names resolve to private addresses.",
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
      caption: "This AWS account is not connected, so the form says openly what it could not check.",
      at: linkToForm({
        provider: "AWS",
        awsAccountId: hub.network.awsAccountId,
        accepterRegionName: hub.network.region,
        vpcId: hub.network.vpcId,
        routeTableCidrBlock: hub.network.cidr,
        container: "new",
        region: hub.network.atlasRegion,
        atlasCidrBlock: hub.peered.cidr,
      }),
      target: { css: "#verdict details", text: "not checked" },
      acts: [{ kind: "press", target: { css: "#verdict details summary", text: "not checked" } }],
    },
    {
      title: "One read-only script.",
      caption: "The owner runs it in AWS CloudShell and sends back what it printed.",
      target: {
        css: "#verdict details[open] li:last-child, #verdict details[open] > div > div",
        text: /script/,
      },
      acts: [
        {
          kind: "run",
          copy: { css: "#verdict button", text: "Copy script" },
          account: hub.network.awsAccountId,
          keep: "lookUp",
        },
        { kind: "press", target: { css: "#verdict button", text: "Paste result" } },
      ],
    },
    {
      title: "A clash, before sending.",
      caption: "The hub has a peering with these addresses already. Its route tables could reach only one.",
      target: { css: "#verdict li", text: "is also peered with" },
      figure: "refusal-avoided",
      acts: [{ kind: "press", target: { css: '#verdict button[aria-label^="Apply"]' } }],
    },
    {
      title: "The suggested fix.",
      caption: "One press gave Atlas a range that overlaps nothing, the hub's peerings included.",
      target: verdict(/passed, 0 warnings/),
      acts: [giveReason("Routing service through the hub (NET-1318)"), sendForm],
    },
    {
      title: "On its way.",
      caption: "Container and request went out together. The owner accepts, and nobody renumbers a network.",
      at: connectionPage,
      target: panel("peering", "must accept the request"),
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
      caption: "A resource policy in Atlas allows one network here. Olivia chooses the other one.",
      at: formPage,
      target: { css: "main label", text: /^VPC(?! )/ },
      acts: [chooseNetwork(guarded.forbiddenNetwork.name)],
    },
    {
      title: "Forbidden, before sending.",
      caption: "The check reads the policy, names it, and says whom to ask. Create stays off.",
      target: { css: "#verdict li", text: "forbids this VPC" },
      figure: "refusal-avoided",
      acts: [
        chooseNetwork(guarded.network.name),
        nameConnection("Records archive"),
        giveReason("Records keeps seven years (NET-1366)"),
      ],
    },
    {
      title: "The allowed network.",
      caption: "The same check passes for the network that the policy names.",
      target: verdict(/No problems found|Ready to create/),
      acts: [sendForm],
    },
    {
      title: "Atlas agrees.",
      caption: "The first request that left was one that Atlas could take.",
      at: connectionPage,
      target: panel("peering", "must accept the request"),
    },
  ],
}

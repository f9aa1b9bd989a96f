import { factsRoutes } from "./facts-routes.ts"
import type { RouteTable } from "./route.ts"

const project = "/api/projects/:projectId"
const peering = `${project}/peerings/:peeringId`

/** Room for what a look-up says of a network with 400 route tables. */
const factsKb = 900

/** The part of the route table below one project. */
export const projectRoutes = {
  containers: {
    path: `${project}/containers`,
    get: { access: "viewer", summary: "Containers of all clouds", answer: "ContainerList" },
    post: {
      access: "requester",
      summary: "Create a container; the answer is what Atlas created",
      status: 201,
      body: "CreateContainer",
      bodyGroups: ["container"],
      answer: "Container",
      mayWait: true,
    },
  },
  container: {
    path: `${project}/containers/:containerId`,
    delete: {
      access: "requester",
      summary: "Delete a container",
      status: 204,
      query: "ContainerQuery",
      body: "ChangeReason",
      mayWait: true,
    },
  },
  listFacts: {
    path: `${project}/list-facts`,
    get: {
      access: "viewer",
      summary: "Allowed CIDRs, and containers with a running cluster",
      answer: "ListFacts",
    },
  },
  privateIpMode: {
    path: `${project}/private-ip-mode`,
    get: { access: "viewer", summary: "Peering-only mode", answer: "ProjectSetting" },
    patch: {
      access: "administrator",
      summary: "Switch peering-only mode",
      body: "ChangeProjectSetting",
      answer: "ProjectSetting",
      mayWait: true,
    },
  },
  clusters: {
    path: `${project}/clusters`,
    get: { access: "viewer", summary: "Clusters with their connection strings", answer: "ClusterList" },
  },
  customDns: {
    path: `${project}/custom-dns`,
    get: { access: "viewer", summary: "Custom DNS of clusters on AWS", answer: "ProjectSetting" },
    patch: {
      access: "administrator",
      summary: "Switch custom DNS of clusters on AWS",
      body: "ChangeProjectSetting",
      answer: "ProjectSetting",
      mayWait: true,
    },
  },
  accessList: {
    path: `${project}/access-list`,
    get: {
      access: "viewer",
      summary: "IP access list, with the status of named entries",
      query: "AccessListQuery",
      answer: "AccessList",
    },
    post: {
      access: "requester",
      summary: "Add a private CIDR or a security group",
      status: 201,
      body: "AddToAccessList",
      bodyGroups: ["entry"],
      answer: "AccessListEntry",
      mayWait: true,
    },
  },
  preflight: {
    path: `${project}/preflight`,
    post: {
      access: "viewer",
      summary: "Check a draft; changes nothing",
      body: "PeeringDraft",
      bodyKb: factsKb,
      answer: "PreflightAnswer",
      question: true,
    },
  },
  policyChecks: {
    path: `${project}/policy-checks`,
    post: {
      access: "viewer",
      summary: "Check a change against the organization's resource policies; changes nothing",
      body: "PolicyQuestion",
      answer: "PolicyChecks",
      question: true,
    },
  },
  presets: {
    path: `${project}/presets`,
    get: { access: "viewer", summary: "Saved presets", answer: "PresetList" },
    post: { access: "requester", summary: "Save a preset", body: "KeepPreset", answer: "Preset" },
  },
  preset: {
    path: `${project}/presets/:presetId`,
    delete: { access: "requester", summary: "Delete a preset", status: 204 },
  },
  managedBy: {
    path: `${project}/managed-by`,
    get: {
      access: "viewer",
      summary: "Keys of other tools that manage connections",
      answer: "ManagedKeyList",
    },
    post: {
      access: "administrator",
      personOnly: true,
      summary: "List a key; connections that it changed last can't be edited here",
      body: "ListManagedKey",
      answer: "ManagedKeyList",
    },
  },
  managedKey: {
    path: `${project}/managed-by/:managedKey`,
    delete: {
      access: "administrator",
      personOnly: true,
      summary: "Remove a key from the list",
      status: 204,
    },
  },
  deletedPeerings: {
    path: `${project}/deleted-peerings`,
    get: {
      access: "viewer",
      summary: "Peerings deleted in the last 90 days",
      answer: "DeletedPeeringList",
    },
  },
  peerings: {
    path: `${project}/peerings`,
    get: { access: "viewer", summary: "Peerings of all clouds", answer: "PeeringList" },
    post: {
      access: "requester",
      summary: "Create a peering, once per Idempotency-Key",
      status: 201,
      body: "CreatePeering",
      bodyKb: factsKb,
      bodyGroups: ["request", "newContainer"],
      answer: "Peering",
      mayWait: true,
      idempotencyKey: true,
    },
  },
  peering: {
    path: peering,
    get: { access: "viewer", summary: "One peering", answer: "Peering" },
    patch: {
      access: "requester",
      summary: "Change an AWS peering; another account or VPC restarts it",
      body: "ChangePeering",
      bodyGroups: ["change"],
      answer: "Peering",
      mayWait: true,
    },
    delete: {
      access: "requester",
      summary: "Delete a peering",
      status: 202,
      body: "DeletePeering",
      answer: "PeeringRemoval",
      mayWait: true,
    },
  },
  requestAgain: {
    path: `${peering}/request-again`,
    post: {
      access: "requester",
      summary:
        "Delete a failed peering, wait until it is gone, and create it again; once per Idempotency-Key",
      status: 201,
      body: "RequestAgain",
      answer: "Peering",
      mayWait: true,
      idempotencyKey: true,
    },
  },
  managedOverride: {
    path: `${peering}/override`,
    post: {
      access: "administrator",
      personOnly: true,
      summary: "Allow the next change of a connection that another tool manages",
      body: "ChangeReason",
      answer: "Peering",
    },
  },
  ...factsRoutes,
  blastRadius: {
    path: `${peering}/blast-radius`,
    get: { access: "viewer", summary: "What deleting the peering affects", answer: "BlastRadius" },
  },
  timeline: {
    path: `${peering}/timeline`,
    get: { access: "viewer", summary: "Status changes, user actions and gaps", answer: "Timeline" },
  },
  peeringLabel: {
    path: `${peering}/label`,
    put: {
      access: "requester",
      summary: "Set or clear the display name",
      body: "SetLabel",
      answer: "Peering",
    },
  },
  peeringStep: {
    path: `${peering}/steps/:stepId`,
    put: { access: "requester", summary: "Mark a setup step as done", body: "TickStep", answer: "Peering" },
  },
  pollNow: {
    path: `${peering}/poll`,
    post: { access: "viewer", summary: "Poll Atlas now, at most once in 3 s", answer: "Peering" },
  },
} as const satisfies RouteTable

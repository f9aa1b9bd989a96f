import { sandboxes } from "@peering-desk/atlas-simulator/sandboxes"
import {
  connectionPage,
  giveReason,
  linkToForm,
  nameConnection,
  nameOfConnection,
  ownerActs,
  panel,
  sendForm,
  pathWith,
} from "./parts.ts"
import type { Act, Scene } from "./scene.ts"

const { invoices, reports } = sandboxes
const { atlasRegion: _region, cidr: _cidr, region: _place, ...vnet } = invoices.network

const setRole = (isAssigned: boolean): Act => ({
  kind: "world",
  method: "POST",
  path: "/azure-role",
  body: { network: { providerName: "AZURE", ...vnet }, isAssigned },
})

export const azureRoleScene: Scene = {
  id: "azure-role",
  title: "Azure, the role is missing",
  project: invoices.projectId,
  steps: [
    {
      title: "A role comes first.",
      caption: "Azure wants it on the VNet. The commands are here, nobody ran them.",
      at: linkToForm({ provider: "AZURE", ...vnet }),
      target: { css: "section:has(input[name=permittedFor])" },
      acts: [
        setRole(false),
        {
          kind: "press",
          // A press takes a tick back.
          target: {
            css: "input[name=permittedFor]:not(:checked), section:has(input[name=permittedFor]:checked) h2",
          },
        },
        nameConnection("Invoices archive"),
        giveReason("Invoices keeps its archive in Atlas (NET-1340)"),
        sendForm,
      ],
    },
    {
      title: "Azure refuses.",
      caption: "The form keeps everything, and Atlas's own words say what is missing.",
      target: { css: "main form [role=alert]", text: "AZURE_CUSTOMER_NETWORK_VALIDATION_FAILED" },
      acts: [setRole(true), sendForm],
    },
    {
      title: "The role is there.",
      caption: "The same form went through, and on Azure nobody has to accept.",
      at: connectionPage,
      target: pathWith("peering", "proven"),
    },
  ],
}

export const googleCloudScene: Scene = {
  id: "google-cloud",
  title: "Google Cloud, the owner forgot to peer back",
  project: reports.projectId,
  before: [
    {
      kind: "request",
      as: "olivia",
      method: "POST",
      path: "/api/projects/{project}/peerings",
      body: {
        reason: "Reports reads last night's sales (NET-1352)",
        request: {
          providerName: "GCP",
          containerId: reports.container.id,
          gcpProjectId: reports.network.gcpProjectId,
          networkName: reports.network.networkName,
        },
      },
    },
    nameOfConnection("Reports → Sales"),
  ],
  steps: [
    {
      title: "Half a peering.",
      caption: "Atlas made its half. Google Cloud tells nobody that the other is missing.",
      at: connectionPage,
      target: panel("peering", "must peer back"),
    },
    {
      title: "The other half.",
      caption: "Atlas's project and network are filled in. The owner runs this.",
      target: { css: '[data-panel="peering"] figure, [data-panel="peering"] pre' },
      acts: [ownerActs("create-reciprocal")],
    },
    {
      title: "Both halves meet.",
      caption: "The owner ran it, and the page followed without a reload.",
      target: pathWith("peering", "proven"),
    },
  ],
}

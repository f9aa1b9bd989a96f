import { sandboxes } from "@peering-desk/atlas-simulator/sandboxes"
import {
  ask,
  connectionPage,
  describe,
  linkToForm,
  nameOfConnection,
  on,
  ownerActs,
  panel,
  pathWith,
  press,
  sendForm,
  world,
} from "./parts.ts"
import type { Scene } from "./scene.ts"

const { invoices, reports } = sandboxes
const { atlasRegion: _region, cidr: _cidr, region: _place, ...vnet } = invoices.network

export const azureRoleScene: Scene = {
  id: "azure-role",
  title: "Azure, the role is missing",
  project: invoices.projectId,
  steps: [
    {
      title: "A role comes first.",
      caption: "Azure wants it on the VNet. The commands are here, nobody ran them.",
      at: linkToForm({ provider: "AZURE", ...vnet }),
      target: on("section:has(input[name=permittedFor])"),
      acts: [
        // A press takes a tick back.
        press(on("input[name=permittedFor]:not(:checked), section:has(input[name=permittedFor]:checked) h2")),
        ...describe("Invoices archive", "Invoices keeps its archive in Atlas (NET-1340)"),
        sendForm,
      ],
    },
    {
      title: "Azure refuses.",
      caption: "The form keeps everything, and Atlas's own words say what is missing.",
      target: on("main form [role=alert]", "AZURE_CUSTOMER_NETWORK_VALIDATION_FAILED"),
      acts: [
        world("/azure-role", { network: { providerName: "AZURE", ...vnet }, isAssigned: true }),
        sendForm,
      ],
    },
    {
      title: "The role is there.",
      caption: "The same form went through, and on Azure nobody has to accept.",
      at: connectionPage,
      target: pathWith("peering"),
    },
  ],
}

const { gcpProjectId, networkName } = reports.network

export const googleCloudScene: Scene = {
  id: "google-cloud",
  title: "Google Cloud, the owner forgot to peer back",
  project: reports.projectId,
  before: [
    ask("olivia", "", {
      reason: "Reports reads last night's sales (NET-1352)",
      request: { providerName: "GCP", containerId: reports.container.id, gcpProjectId, networkName },
    }),
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
      target: on('[data-panel="peering"] figure, [data-panel="peering"] pre'),
      acts: [ownerActs("create-reciprocal")],
    },
    {
      title: "Both halves meet.",
      caption: "The owner ran it, and the page followed without a reload.",
      target: pathWith("peering"),
    },
  ],
}

import { findRequestField } from "@peering-desk/shared-schemas"
import { isForNewContainer } from "#draft/draft-fields.ts"
import {
  getPeerId,
  getAtlasSide,
  listFilledFields,
  formatResourceName,
  type ExportSubject,
  type WrittenCode,
} from "./export-subject.ts"
import { toNewContainerBody } from "#draft/new-container-body.ts"
import { compact } from "#formats/compact.ts"
import { formatYaml, type YamlThing } from "#formats/yaml.ts"

const secretName = "atlas-credentials"

/** Writes `AtlasNetworkPeering` of the Atlas Kubernetes Operator, and `AtlasNetworkContainer` for a container to be made. */
export function formatOperatorYaml(subject: ExportSubject): WrittenCode {
  const name = formatResourceName(subject)
  const { providerName } = subject.draft
  const { block, region } = getAtlasSide(subject)
  const isNew = isForNewContainer(subject.draft)
  const own = { externalProjectRef: { id: subject.projectId }, connectionSecret: { name: secretName } }
  const container = {
    ...toHead("atlas.mongodb.com/v1", "AtlasNetworkContainer", name),
    spec: {
      ...own,
      provider: providerName,
      ...(providerName !== "GCP" && region !== null && { region }),
      ...(block !== null && { cidrBlock: block }),
    },
  }
  const filled = listFilledFields(subject)
  const containerId = filled.find(([field]) => field === "containerId")?.[1]
  const side = filled
    .filter(([field]) => field !== "containerId")
    .map(([field, value]) => [findRequestField(field)?.names.operator ?? field, value])
  const configuration = (
    { AWS: "awsConfiguration", GCP: "gcpConfiguration", AZURE: "azureConfiguration" } as const
  )[providerName]
  const peering = {
    ...toHead("atlas.mongodb.com/v1", "AtlasNetworkPeering", name),
    spec: {
      ...own,
      ...(isNew
        ? { containerRef: { name } }
        : containerId !== undefined && { containerRef: { id: containerId } }),
      id: getPeerId(subject) ?? undefined,
      provider: providerName,
      [configuration]: Object.fromEntries(side),
    },
  }
  const { regions = [] } = subject.draft.newContainer ?? {}
  return {
    text: formatDocuments(isNew ? [container, peering] : [peering]),
    notes: compact([
      `The secret ${secretName} in the same namespace holds the Atlas keys. Without the label atlas.mongodb.com/type=credentials the operator doesn't see it.`,
      isNew &&
        providerName === "GCP" &&
        regions.length > 0 &&
        "Regions left out: the operator can't limit a Google Cloud container.",
    ]),
  }
}

/** Writes `Peering` of Crossplane's provider for MongoDB Atlas, and `Container` for a container to be made. */
export function formatCrossplaneYaml(subject: ExportSubject): WrittenCode {
  const name = formatResourceName(subject)
  const container = toNewContainerBody(subject.draft)
  const apiVersion = "network.mongodbatlas.crossplane.io/v1alpha1"
  const own = { projectId: subject.projectId }
  const rest = { providerConfigRef: { name: "default" } }
  const peerId = getPeerId(subject)
  const imported = peerId === null ? {} : { annotations: { "crossplane.io/external-name": peerId } }
  const peering = {
    apiVersion,
    kind: "Peering",
    metadata: { name, ...imported },
    spec: {
      forProvider: {
        ...own,
        ...(container !== null && { containerIdRef: { name } }),
        providerName: subject.draft.providerName,
        ...Object.fromEntries(listFilledFields(subject)),
      },
      ...rest,
    },
  }
  const documents =
    container === null
      ? [peering]
      : [
          {
            ...toHead(apiVersion, "Container", name),
            spec: { forProvider: { ...own, ...container }, ...rest },
          },
          peering,
        ]
  return {
    text: formatDocuments(documents),
    notes: compact([
      "The provider configuration named default holds the Atlas keys.",
      peerId !== null &&
        "The external name imports the existing connection. Without it Crossplane requests it again, which Atlas rejects.",
      peerId === null &&
        subject.peerId !== null &&
        "No external name: it needs Atlas's ID. Without it Crossplane requests the connection again, which Atlas rejects.",
    ]),
  }
}

function toHead(apiVersion: string, kind: string, name: string): YamlThing {
  return { apiVersion, kind, metadata: { name } }
}

function formatDocuments(documents: readonly YamlThing[]): string {
  return documents.map((one) => formatYaml(one)).join("---\n")
}

import {
  toAwsEvidence,
  toContainerEvidence,
  toModeEvidence,
  toProjectEvidence,
  toTakenPlaceEvidence,
} from "./explain-evidence.ts"
import type { ExplanationEntry } from "./explanation.ts"

const regions = ["regionName", "region", "regions"]

const block = (what: string, todo: string): ExplanationEntry => ({
  what,
  fields: ["atlasCidrBlock"],
  todo,
  act: "find-free-block",
})
const oneRegion: ExplanationEntry = {
  what: "This project can have Azure connections in one region only.",
  evidence: toModeEvidence,
  todo: "An administrator can turn off peering-only mode, which peering no longer needs. Or use the region that has a connection.",
  act: "open-peering-only-mode",
}

/** Explanations of errorCodes about containers, peering-only mode and the project's access list. */
export const containerExplanations = {
  ATLAS_INVALID_CIDR_BLOCK: block(
    "{value|The Atlas CIDR} has the wrong size for this cloud.",
    "Use /21 to /24 on AWS and Azure. On Google Cloud use /18 or larger, or /21 to /24 with selected regions.",
  ),
  ATLAS_INVALID_CIDR_RANGE: block(
    "{value|The Atlas CIDR} contains public addresses.",
    "Use a CIDR within 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16.",
  ),
  ATLAS_NON_CANONICAL_CIDR_BLOCK: block(
    "{value|The Atlas CIDR} isn't a network address.",
    "Use the network address from the message below.",
  ),
  ATLAS_INVALID_CIDR_BLOCK_FOR_SMALL_CONTAINER: block(
    "{value|The Atlas CIDR} has the wrong size for the selected regions.",
    "Each region needs a /24: a /21 holds 8 regions, a /22 holds 4, a /23 holds 2. All regions need a /18 or larger.",
  ),
  CANNOT_CHANGE_CONTAINER_REGION: {
    what: "A container can't change its region.",
    evidence: toContainerEvidence,
    todo: "Create another container in the other region.",
    act: "open-containers",
  },
  CANNOT_UPDATE_SMALL_CONTAINER: {
    what: "A container with selected regions can't be changed.",
    evidence: toContainerEvidence,
    todo: "Delete it while it is unused and create another one.",
    act: "open-containers",
  },
  CONTAINER_ALREADY_EXISTS: {
    what: ({ container }) =>
      container?.providerName === "GCP"
        ? "The project already has its Google Cloud container."
        : "A container already exists in this region.",
    evidence: toTakenPlaceEvidence,
    todo: "Use the existing container.",
    act: "open-containers",
  },
  CONTAINERS_IN_USE: {
    what: "The container is in use.",
    evidence: toContainerEvidence,
    todo: "Delete its connections and clusters first. It stays in use for a few minutes after that.",
    act: "open-containers",
  },
  CANNOT_DELETE_RECENTLY_CREATED_CONTAINER: {
    what: "The container is too new to delete.",
    evidence: toContainerEvidence,
    todo: "Try again {pause|in a few seconds}.",
  },
  REGION_UNAVAILABLE: {
    what: "Atlas accepts no new networks in {value|this region} right now.",
    fields: regions,
    todo: "Choose another region.",
  },
  AZURE_PEERING_MULTIPLE_REGIONS_NOT_ALLOWED: oneRegion,
  AZURE_PEERING_MULTIPLE_REGIONS_NOT_ALLOWED_IN_DEPRECATED_PEERING_ONLY_MODE: oneRegion,
  NOT_IN_PRIVATE_IP_MODE: {
    what: "Atlas requires peering-only mode for this project.",
    evidence: toModeEvidence,
    todo: "An administrator can turn it on if Atlas still allows it. MongoDB support knows why the project needs it.",
    act: "open-peering-only-mode",
  },
  CANNOT_UPDATE_PRIVATE_IP_MODE: {
    what: "Peering-only mode can't change while the project has a dedicated cluster.",
    evidence: toModeEvidence,
    todo: "Leave it as it is. Only Azure connections in several regions need it off.",
  },
  UNSUPPORTED_FOR_PRIVATE_IP_MODE: {
    what: "Not possible in peering-only mode.",
    evidence: toModeEvidence,
    todo: "Turn off peering-only mode. Clusters keep their private addresses without it.",
    act: "open-peering-only-mode",
  },
  ATLAS_NETWORK_PERMISSIONS_LIMIT_EXCEEDED: {
    what: "The project's access list is full.",
    evidence: toProjectEvidence,
    todo: "Remove unused entries in Atlas, or replace several by one wider CIDR.",
  },
  ATLAS_NETWORK_PERMISSION_ENTRY_NOT_FOUND: {
    what: "The access list has no entry {value|of this kind}.",
    fields: ["cidrBlock", "awsSecurityGroup"],
    evidence: toProjectEvidence,
    todo: "It was removed or has expired. Add it again.",
    act: null,
  },
  CANNOT_USE_AWS_SECURITY_GROUP_WITHOUT_VPC_PEERING_CONNECTION: {
    what: "A security group needs an available VPC connection in the same region.",
    fields: ["awsSecurityGroup", "cidrBlock"],
    evidence: toAwsEvidence,
    todo: "Wait until the connection is AVAILABLE, or add the VPC CIDR instead.",
  },
} satisfies Record<string, ExplanationEntry>

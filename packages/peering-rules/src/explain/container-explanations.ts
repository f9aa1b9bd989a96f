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
  what: "Atlas peers with Azure from one region of this project only.",
  evidence: toModeEvidence,
  todo: "That is peering-only mode, which nothing needs any more: an administrator switches it off. Or peer from the region that has a connection.",
  act: "open-peering-only-mode",
}

/** Explanations of errorCodes about containers, peering-only mode and the project's access list. */
export const containerExplanations = {
  ATLAS_INVALID_CIDR_BLOCK: block(
    "{value|Atlas's block} is not of the size that this cloud needs.",
    "On AWS and Azure /21 to /24; on Google Cloud /18 or larger, or /21 to /24 with chosen regions.",
  ),
  ATLAS_INVALID_CIDR_RANGE: block(
    "{value|Atlas's block} has public addresses in it.",
    "Choose a block within 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16.",
  ),
  ATLAS_NON_CANONICAL_CIDR_BLOCK: block(
    "{value|Atlas's block} does not begin where a block of its size begins.",
    "Write the address with which the block begins; Atlas's words below name it.",
  ),
  ATLAS_INVALID_CIDR_BLOCK_FOR_SMALL_CONTAINER: block(
    "{value|Atlas's block} is not of the size that the chosen regions need.",
    "Each region takes a /24: a /21 holds 8, a /22 holds 4, a /23 holds 2, a /24 one. For every region it is /18 or larger.",
  ),
  CANNOT_CHANGE_CONTAINER_REGION: {
    what: "A container stays in its region.",
    evidence: toContainerEvidence,
    todo: "Make another container in the other region.",
    act: "open-containers",
  },
  CANNOT_UPDATE_SMALL_CONTAINER: {
    what: "A container with chosen regions cannot be changed.",
    evidence: toContainerEvidence,
    todo: "Delete it while nothing is in it, and make another one.",
    act: "open-containers",
  },
  CONTAINER_ALREADY_EXISTS: {
    what: ({ container }) =>
      container?.providerName === "GCP"
        ? "The project has its one container on Google Cloud already."
        : "There is a container already, in this region or, on Google Cloud, in this project.",
    evidence: toTakenPlaceEvidence,
    todo: "Use that one. Its block is fixed as soon as something is in it.",
    act: "open-containers",
  },
  CONTAINERS_IN_USE: {
    what: "Something is still in the container.",
    evidence: toContainerEvidence,
    todo: "Delete its connections and clusters first; it stays in use for some minutes after the last one.",
    act: "open-containers",
  },
  CANNOT_DELETE_RECENTLY_CREATED_CONTAINER: {
    what: "The container was made a moment ago, and Atlas does not let go of it yet.",
    evidence: toContainerEvidence,
    todo: "Delete it again in some seconds.",
  },
  REGION_UNAVAILABLE: {
    what: "Atlas takes no new networks in {value|this region} at present.",
    fields: regions,
    todo: "Choose another region.",
  },
  AZURE_PEERING_MULTIPLE_REGIONS_NOT_ALLOWED: oneRegion,
  AZURE_PEERING_MULTIPLE_REGIONS_NOT_ALLOWED_IN_DEPRECATED_PEERING_ONLY_MODE: oneRegion,
  NOT_IN_PRIVATE_IP_MODE: {
    what: "Atlas wants peering-only mode for this, as it did of old projects.",
    evidence: toModeEvidence,
    todo: "An administrator switches it on for the project, if Atlas still allows that; MongoDB's support can tell why the project needs it.",
    act: "open-peering-only-mode",
  },
  CANNOT_UPDATE_PRIVATE_IP_MODE: {
    what: "Atlas does not switch peering-only mode while the project has a dedicated cluster.",
    evidence: toModeEvidence,
    todo: "Leave it as it is. Peering works with it; only Azure in several regions does not.",
  },
  UNSUPPORTED_FOR_PRIVATE_IP_MODE: {
    what: "Atlas does not do this in peering-only mode, or with it.",
    evidence: toModeEvidence,
    todo: "Have the mode off: clusters have private addresses beside their public ones without it.",
    act: "open-peering-only-mode",
  },
  ATLAS_NETWORK_PERMISSIONS_LIMIT_EXCEEDED: {
    what: "The project's access list is full.",
    evidence: toProjectEvidence,
    todo: "Remove entries in Atlas that nobody needs; one wider block can stand for several.",
  },
  ATLAS_NETWORK_PERMISSION_ENTRY_NOT_FOUND: {
    what: "The access list does not have {value|this entry}.",
    fields: ["cidrBlock", "awsSecurityGroup"],
    evidence: toProjectEvidence,
    todo: "It may have been removed, or its time is over. Add it again.",
    act: null,
  },
  CANNOT_USE_AWS_SECURITY_GROUP_WITHOUT_VPC_PEERING_CONNECTION: {
    what: "A security group can stand in the access list only beside a VPC peering in its region.",
    fields: ["awsSecurityGroup", "cidrBlock"],
    evidence: toAwsEvidence,
    todo: "Wait until the connection is AVAILABLE, or let in the VPC's block instead.",
  },
} satisfies Record<string, ExplanationEntry>

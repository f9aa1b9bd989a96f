import {
  correctNamedField,
  toAddressEvidence,
  toContainerEvidence,
  toFieldEvidence,
} from "./explain-evidence.ts"
import { act, noEvidence, noAct, type ExplanationEntry } from "./explanation.ts"

const containers = act({ kind: "open-containers" })
const block = (what: string, todo: string): ExplanationEntry => ({
  what,
  evidence: toFieldEvidence,
  todo,
  act: act({ kind: "find-free-block" }),
})
const key = (what: string, todo: string): ExplanationEntry => ({
  what,
  evidence: toAddressEvidence,
  todo,
  act: act({ kind: "open-keys" }),
})
const pause: ExplanationEntry = {
  what: "Atlas counts the calls for each project, and this minute's are used up.",
  evidence: noEvidence,
  todo: "Nothing; this server waits as long as Atlas asks, and goes on by itself.",
  act: noAct,
}
const elsewhere: ExplanationEntry = {
  what: "In peering-only mode Atlas peers with Azure from one region only.",
  evidence: noEvidence,
  todo: "An administrator switches peering-only mode off; current Atlas does not need it.",
  act: act({ kind: "open-peering-only-mode" }),
}

/** What Atlas answers about containers, the project, its access list and this server's key, by its errorCode. */
export const projectExplanations = {
  ATLAS_INVALID_CIDR_BLOCK: block(
    "Atlas's block has not the size that this cloud needs.",
    "On AWS and Azure /21 to /24; on Google Cloud /18 or larger, or /21 to /24 with chosen regions.",
  ),
  ATLAS_INVALID_CIDR_RANGE: block(
    "Atlas's block has public addresses in it.",
    "Choose one within 10/8, 172.16/12 or 192.168/16.",
  ),
  ATLAS_NON_CANONICAL_CIDR_BLOCK: block(
    "Atlas's block begins in the middle of itself.",
    "Write the address with which it begins; Atlas's words below name it.",
  ),
  ATLAS_INVALID_CIDR_BLOCK_FOR_SMALL_CONTAINER: block(
    "The block is too small, or too large, for the chosen regions.",
    "Each region takes a /24: a /21 holds 8, a /22 holds 4, a /23 holds 2, a /24 one.",
  ),
  CANNOT_CHANGE_CONTAINER_REGION: {
    what: "A container stays in its region.",
    evidence: toContainerEvidence,
    todo: "Make another container in the other region.",
    act: containers,
  },
  CANNOT_UPDATE_SMALL_CONTAINER: {
    what: "A container with chosen regions cannot be changed.",
    evidence: toContainerEvidence,
    todo: "Delete it while nothing is in it, and make another one.",
    act: containers,
  },
  CONTAINER_ALREADY_EXISTS: {
    what: "There is a container already, in this region or, on Google Cloud, in this project.",
    evidence: toContainerEvidence,
    todo: "Use that one. Its block is fixed as soon as something is in it.",
    act: containers,
  },
  CONTAINERS_IN_USE: {
    what: "Something is still in the container.",
    evidence: toContainerEvidence,
    todo: "Delete its connections and clusters first; it stays in use for some minutes after the last one.",
    act: containers,
  },
  CANNOT_DELETE_RECENTLY_CREATED_CONTAINER: {
    what: "The container was made a moment ago; Atlas does not let go of it yet.",
    evidence: toContainerEvidence,
    todo: "Try again in a minute.",
    act: act({ kind: "try-again" }),
  },
  REGION_UNAVAILABLE: {
    what: "Atlas takes no new networks in this region at present.",
    evidence: toFieldEvidence,
    todo: "Choose another region.",
    act: correctNamedField,
  },
  AZURE_PEERING_MULTIPLE_REGIONS_NOT_ALLOWED: elsewhere,
  AZURE_PEERING_MULTIPLE_REGIONS_NOT_ALLOWED_IN_DEPRECATED_PEERING_ONLY_MODE: elsewhere,
  NOT_IN_PRIVATE_IP_MODE: {
    what: "Atlas wants peering-only mode for this, as old projects did.",
    evidence: noEvidence,
    todo: "An administrator switches it on for the project, if Atlas still allows that; MongoDB's support can tell why the project needs it.",
    act: act({ kind: "open-peering-only-mode" }),
  },
  CANNOT_UPDATE_PRIVATE_IP_MODE: {
    what: "Peering-only mode cannot be changed while the project has dedicated clusters.",
    evidence: noEvidence,
    todo: "Leave it as it is. Peering works with it; only Azure in several regions does not.",
    act: noAct,
  },
  UNSUPPORTED_FOR_PRIVATE_IP_MODE: {
    what: "Atlas no longer allows this with peering-only mode.",
    evidence: noEvidence,
    todo: "Leave the mode off: connection strings for private addresses exist without it.",
    act: act({ kind: "open-peering-only-mode" }),
  },
  USER_UNAUTHORIZED: key(
    "This server's API key has not the role for this.",
    "It needs Project Owner in this project, or Project Network Access Manager where that exists.",
  ),
  UNEXPECTED_ERROR: key(
    "Atlas had an error of its own, or does not accept this server's key.",
    "Look at the key first. A 500 can also come from an id that is none of Atlas's.",
  ),
  NOT_IN_GROUP: key(
    "This server's API key does not belong to the project.",
    "Add the key to the project in Atlas, as Project Owner.",
  ),
  IP_ADDRESS_NOT_ON_ACCESS_LIST: key(
    "Atlas does not accept this server's address for its API key.",
    "Add the address to the list of the API key itself, in the organisation's access manager: not to the project's list.",
  ),
  ORG_REQUIRES_ACCESS_LIST: key(
    "The organisation wants every API key to have a list of addresses, and this one has none.",
    "Add this server's address to the list of the API key.",
  ),
  RESOURCE_REQUIRES_ACCESS_LIST: key(
    "This can be asked only with an API key that has a list of addresses.",
    "Add this server's address to the list of the API key.",
  ),
  ACCESS_FORBIDDEN: key(
    "Atlas does not allow this to this server's API key.",
    "Look at the key's roles and its list of addresses.",
  ),
  NO_PAYMENT_INFORMATION_FOUND: {
    what: "The project has no payment method, and peering needs one.",
    evidence: ({ here }) => (here === null ? [] : [`Project ${here.project.name}`]),
    todo: "Somebody with the billing role adds one in Atlas.",
    act: noAct,
  },
  ACCOUNT_SUSPENDED: {
    what: "Atlas has suspended the account because of an unpaid invoice.",
    evidence: noEvidence,
    todo: "Somebody with the billing role settles it in Atlas.",
    act: noAct,
  },
  GROUP_NOT_FOUND: {
    what: "Atlas has no such project, or this server's key does not see it.",
    evidence: ({ here }) => (here === null ? [] : [`Project ${here.project.name} ${here.project.id}`]),
    todo: "Choose another project, or have the key added to this one.",
    act: act({ kind: "choose-project" }),
  },
  INVALID_GROUP_ID: {
    what: "Atlas does not take the project's id.",
    evidence: noEvidence,
    todo: "Choose the project from the list.",
    act: act({ kind: "choose-project" }),
  },
  NOT_ATLAS_GROUP: {
    what: "The project is not one of Atlas; it may be of Cloud Manager.",
    evidence: noEvidence,
    todo: "Choose another project.",
    act: act({ kind: "choose-project" }),
  },
  RESOURCE_NOT_FOUND: {
    what: "Atlas has nothing at the address that was asked.",
    evidence: noEvidence,
    todo: "This server may speak another version of the API than this Atlas: see ATLAS_API_VERSION.",
    act: noAct,
  },
  ATLAS_NETWORK_PERMISSIONS_LIMIT_EXCEEDED: {
    what: "The project's access list is full.",
    evidence: noEvidence,
    todo: "Remove entries that nobody needs; one wider block can stand for several.",
    act: act({ kind: "open-access-list" }),
  },
  ATLAS_NETWORK_PERMISSION_ENTRY_NOT_FOUND: {
    what: "The access list has no such entry.",
    evidence: noEvidence,
    todo: "It may have been removed, or its time is over. Add it again.",
    act: act({ kind: "open-access-list" }),
  },
  CANNOT_USE_AWS_SECURITY_GROUP_WITHOUT_VPC_PEERING_CONNECTION: {
    what: "A security group can stand in the access list only beside a VPC peering in its region.",
    evidence: noEvidence,
    todo: "Wait until the connection is AVAILABLE, or add the VPC's block instead.",
    act: act({ kind: "open-access-list" }),
  },
  WRITES_NOT_ALLOWED_DURING_APP_UPGRADES: {
    what: "Atlas is being upgraded and takes no changes.",
    evidence: noEvidence,
    todo: "Try again in some minutes.",
    act: act({ kind: "try-again" }),
  },
  RATE_LIMITED: pause,
  RATE_LIMITED_TOKEN_BUCKET: pause,
  INVALID_VERSION_DATE: {
    what: "Atlas does not know the version of its API that this server speaks.",
    evidence: noEvidence,
    todo: "Whoever runs this server looks at ATLAS_API_VERSION.",
    act: noAct,
  },
  VERSION_GONE: {
    what: "Atlas no longer answers the version of its API that this server speaks.",
    evidence: noEvidence,
    todo: "Whoever runs this server brings it up to date and looks at ATLAS_API_VERSION.",
    act: noAct,
  },
} satisfies Record<string, ExplanationEntry>

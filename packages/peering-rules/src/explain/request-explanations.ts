import {
  openTwin,
  toContainerEvidence,
  toOverlapEvidence,
  toQuotaEvidence,
  toStateEvidence,
  toTwinEvidence,
} from "./explain-evidence.ts"
import type { ExplanationEntry, Subject } from "./explanation.ts"

/** The fields with a block or a region, whichever the request has. */
const blocks = ["routeTableCidrBlock", "atlasCidrBlock", "cidrBlock"]
const regions = ["accepterRegionName", "regionName", "region", "regions"]

const field = (what: string, todo: ExplanationEntry["todo"]): ExplanationEntry => ({ what, fields: [], todo })
const twin = (what: (subject: Subject) => string): ExplanationEntry => ({
  what,
  evidence: toTwinEvidence,
  todo: "Use the connection that is there. If it has failed, delete it and ask again.",
  act: openTwin,
})
const faulty = (what: string): ExplanationEntry => ({
  what,
  todo: "This is a fault between this server and Atlas. Give Atlas's words below to whoever runs this server.",
})
const onAzure = (what: string, todo: string): ExplanationEntry => ({
  what,
  evidence: ({ request }) =>
    request?.providerName === "AZURE"
      ? [
          `VNet ${request.vnetName} in ${request.resourceGroupName}, subscription ${request.azureSubscriptionId}, directory ${request.azureDirectoryId}`,
        ]
      : [],
  todo,
  act: "show-azure-steps",
})

/** Explanations of errorCodes that answer a request for a peering, or a change of one. */
export const requestExplanations = {
  INVALID_ATTRIBUTE: field("Atlas does not take {field|one of the fields} as it was sent.", ({ peer }) =>
    peer === undefined
      ? "Correct it and send it again."
      : "Leave it as it was. Atlas lets nobody change some fields: for those make a new connection and delete this one.",
  ),
  MISSING_ATTRIBUTE: field("Atlas misses {field|one of the fields}.", "Fill it in and send it again."),
  MISSING_ATTRIBUTES: field(
    "Atlas misses some of the fields.",
    "Fill in those that Atlas names below, and send it again.",
  ),
  MISSING_OR_INVALID_ATTRIBUTE: field(
    "Atlas misses {field|one of the fields}, or cannot read what is in it.",
    "Correct it and send it again.",
  ),
  ATTRIBUTE_READ_ONLY: field(
    "Atlas sets {field|one of the fields} by itself and lets nobody else do it.",
    "Leave it as it was. If you did not touch it, give Atlas's words below to whoever runs this server.",
  ),
  INVALID_ENUM_VALUE: field(
    "Atlas does not know the value of {field|one of the fields}.",
    "Most often it is a region: a container's is spelled as Atlas does, US_WEST_1, and a VPC's as AWS does, us-west-1.",
  ),
  INVALID_JSON: faulty("Atlas could not make sense of the request."),
  MALFORMED_JSON: faulty("Atlas received a request that is no JSON."),
  INVALID_JSON_ATTRIBUTE: field(
    "Atlas expects another kind of value in {field|one of the fields}.",
    "Correct it and send it again. If it looks right, give Atlas's words below to whoever runs this server.",
  ),
  PATH_PARAM_PARSE_ERROR: {
    what: "An id in the address is none of Atlas's: those have 24 hexadecimal digits.",
    todo: "Open the connection from the list. A pcx- id is AWS's own, and what Terraform calls id is Terraform's own.",
    act: "open-connections",
  },
  INVALID_QUERY_PARAMETER: faulty("Atlas does not know a part of the address that was asked for."),
  INVALID_PROVIDER: faulty("Atlas knows no cloud of the name that was sent."),
  INVALID_REGION: {
    what: "This cloud has no region {value|of the name that was sent}.",
    fields: regions,
    todo: "Choose the region again. A container's is spelled as Atlas does, US_WEST_1, and a VPC's as AWS does, us-west-1.",
  },
  INVALID_CIDR_BLOCK: {
    what: "{value|The address block} is not written as Atlas reads an address block.",
    fields: blocks,
    todo: "Write four numbers, a slash and a length: 10.15.0.0/16.",
  },
  INVALID_ROUTE_TABLE_CIDR: {
    what: "{value|The address block} has public addresses in it, and Atlas peers with private ones only.",
    fields: blocks,
    todo: "Give the block of the VPC, or of the subnets that connect, within 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16.",
  },
  PEER_ALREADY_EXISTS: twin(({ request }) =>
    request?.providerName === "AWS"
      ? `The VPC ${request.vpcId} of account ${request.awsAccountId} has a connection already.`
      : "This VPC has a connection already.",
  ),
  PEER_ALREADY_EXISTS_GCP: twin(({ request }) =>
    request?.providerName === "GCP"
      ? `The network ${request.networkName} in ${request.gcpProjectId} has a connection already.`
      : "This network has a connection already.",
  ),
  PEER_ALREADY_EXISTS_AZURE: twin(({ request }) =>
    request?.providerName === "AZURE"
      ? `The VNet ${request.vnetName} in subscription ${request.azureSubscriptionId} has a connection already.`
      : "This VNet has a connection already.",
  ),
  OVERLAPPING_CIDR_BLOCK: {
    what: "{value|The address block} shares addresses with another VPC of this container, and Atlas could not route to both.",
    fields: blocks,
    evidence: (subject) => toOverlapEvidence(subject, "peers"),
    todo: "Peer from a block that is free, or delete the connection that has it, if nobody needs it any more.",
  },
  OVERLAPPING_ATLAS_CIDR_BLOCK: {
    what: "{value|The address block} shares addresses with a block of Atlas's, so neither side could route to the other.",
    fields: blocks,
    evidence: (subject) => toOverlapEvidence(subject, "containers"),
    todo: "Use a block that does not overlap: for the VPC one of its subnets, for Atlas a free one.",
    act: "find-free-block",
  },
  PEER_ALREADY_REQUESTED_DELETION: {
    what: "Atlas is removing this connection already.",
    evidence: toStateEvidence,
    todo: "Nothing; it goes by itself in some minutes.",
  },
  PEER_INVALID_STATE: {
    what: "Atlas does not change a connection in the state that this one is in.",
    evidence: toStateEvidence,
    todo: "Wait until it waits for acceptance, works or has failed, then change it.",
  },
  PEER_MAXIMUM_REACHED: {
    what: "The project has as many connections, or as many unfinished ones, as Atlas allows.",
    evidence: toQuotaEvidence,
    todo: "Delete failed ones, have waiting ones accepted, or ask MongoDB's support for more.",
    act: "open-connections",
  },
  PEER_NOT_FOUND: {
    what: "Atlas has no such connection any more.",
    evidence: toStateEvidence,
    todo: "Somebody deleted it, in Atlas or by another tool. Ask for it anew if it is needed.",
    act: "ask-anew",
  },
  INVALID_PEER_ID: faulty("Atlas does not take the id of the connection."),
  CLOUD_PROVIDER_CONTAINER_NOT_FOUND: {
    what: "Atlas has no container {value|of this id}.",
    fields: ["containerId"],
    evidence: toContainerEvidence,
    todo: "Choose one of the project's containers, or make one. It may have been deleted meanwhile.",
    act: ({ request }) =>
      request === undefined ? { kind: "open-containers" } : { kind: "correct-field", field: "containerId" },
  },
  AZURE_CUSTOMER_NETWORK_VALIDATION_FAILED: onAzure(
    "Azure did not let Atlas look at the VNet.",
    "Give Atlas's application its role on the VNet, wait 20 seconds, and send it again. If it has the role, one of the ids or names is another network's.",
  ),
  AZURE_CUSTOMER_NETWORK_UNREACHABLE: onAzure(
    "Atlas could not reach the Azure subscription.",
    "See that the subscription belongs to this directory, that it is active, and that Atlas's application is in the directory.",
  ),
  INVALID_AZURE_API_REQUEST: onAzure(
    "Azure does not take one of the ids or names.",
    "Compare them with what az network vnet show prints, correct the one that differs, and see that Atlas has its role.",
  ),
  INVALID_AZURE_CREDENTIALS: onAzure(
    "Azure does not accept Atlas's application in this directory.",
    "Let the application into the directory, then give it the role on the VNet.",
  ),
} satisfies Record<string, ExplanationEntry>

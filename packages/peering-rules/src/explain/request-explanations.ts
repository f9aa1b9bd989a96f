import {
  openDuplicate,
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
  todo: "Open the existing connection. If it failed, delete and request again.",
  act: openDuplicate,
})
const faulty = (what: string): ExplanationEntry => ({
  what,
  todo: "This is a bug. Send the message below to your Peering Desk administrator.",
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
  INVALID_ATTRIBUTE: field("Atlas rejected {field|one of the fields}.", ({ peer }) =>
    peer === undefined
      ? "Correct it and try again."
      : "Some fields can't be changed. Create a new connection and delete this one.",
  ),
  MISSING_ATTRIBUTE: field("Required: {field|one of the fields}.", "Fill it in and try again."),
  MISSING_ATTRIBUTES: field(
    "Some required fields are missing.",
    "Fill in the fields named below and try again.",
  ),
  MISSING_OR_INVALID_ATTRIBUTE: field(
    "Missing or invalid: {field|one of the fields}.",
    "Correct it and try again.",
  ),
  ATTRIBUTE_READ_ONLY: field(
    "Read-only in Atlas: {field|one of the fields}.",
    "Leave it unchanged. If you didn't change it, send the message below to your Peering Desk administrator.",
  ),
  INVALID_ENUM_VALUE: field(
    "Unknown value in {field|one of the fields}.",
    "Check the region: containers use US_WEST_1, VPCs use us-west-1.",
  ),
  INVALID_JSON: faulty("Atlas couldn't read the request."),
  MALFORMED_JSON: faulty("Atlas received invalid JSON."),
  INVALID_JSON_ATTRIBUTE: field(
    "Wrong type of value in {field|one of the fields}.",
    "Correct it and try again. If it looks right, send the message below to your Peering Desk administrator.",
  ),
  PATH_PARAM_PARSE_ERROR: {
    what: "Invalid ID. Atlas IDs have 24 hexadecimal digits.",
    todo: "Open the connection from the list. A pcx- ID belongs to AWS, and Terraform's id is its own.",
    act: "open-connections",
  },
  INVALID_QUERY_PARAMETER: faulty("Atlas rejected a query parameter."),
  INVALID_PROVIDER: faulty("Atlas doesn't know this cloud provider."),
  INVALID_REGION: {
    what: "This cloud has no region {value|of this name}.",
    fields: regions,
    todo: "Choose the region again. Containers use US_WEST_1, VPCs use us-west-1.",
  },
  INVALID_CIDR_BLOCK: {
    what: "{value|The CIDR} isn't a valid CIDR.",
    fields: blocks,
    todo: "Use the form 10.15.0.0/16.",
  },
  INVALID_ROUTE_TABLE_CIDR: {
    what: "{value|The CIDR} contains public addresses. Atlas peers with private ones only.",
    fields: blocks,
    todo: "Use the CIDR of the VPC or its subnets within 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16.",
  },
  PEER_ALREADY_EXISTS: twin(({ request }) =>
    request?.providerName === "AWS"
      ? `VPC ${request.vpcId} of account ${request.awsAccountId} already has a connection.`
      : "This VPC already has a connection.",
  ),
  PEER_ALREADY_EXISTS_GCP: twin(({ request }) =>
    request?.providerName === "GCP"
      ? `Network ${request.networkName} in ${request.gcpProjectId} already has a connection.`
      : "This network already has a connection.",
  ),
  PEER_ALREADY_EXISTS_AZURE: twin(({ request }) =>
    request?.providerName === "AZURE"
      ? `VNet ${request.vnetName} in subscription ${request.azureSubscriptionId} already has a connection.`
      : "This VNet already has a connection.",
  ),
  OVERLAPPING_CIDR_BLOCK: {
    what: "{value|The CIDR} overlaps another VPC of this container.",
    fields: blocks,
    evidence: (subject) => toOverlapEvidence(subject, "peers"),
    todo: "Use a free CIDR, or delete the connection that uses this one.",
  },
  OVERLAPPING_ATLAS_CIDR_BLOCK: {
    what: "{value|The CIDR} overlaps an Atlas CIDR.",
    fields: blocks,
    evidence: (subject) => toOverlapEvidence(subject, "containers"),
    // AWS compares all CIDRs of the VPC, not only the one that Atlas is given.
    todo: "Use a container whose CIDR overlaps none of the VPC's CIDRs.",
    act: "find-free-block",
  },
  PEER_ALREADY_REQUESTED_DELETION: {
    what: "This connection is already being deleted.",
    evidence: toStateEvidence,
    todo: "No action needed. This takes a few minutes.",
  },
  PEER_INVALID_STATE: {
    what: "A connection in this state can't be changed.",
    evidence: toStateEvidence,
    todo: "Wait until it is waiting for acceptance, available or failed.",
  },
  PEER_MAXIMUM_REACHED: {
    what: "The project has reached its limit of connections.",
    evidence: toQuotaEvidence,
    todo: "Delete failed connections, have waiting ones accepted, or ask MongoDB support for a higher limit.",
    act: "open-connections",
  },
  PEER_NOT_FOUND: {
    what: "This connection no longer exists in Atlas.",
    evidence: toStateEvidence,
    todo: "It was deleted outside Peering Desk. Create it again if you need it.",
    act: "recreate",
  },
  INVALID_PEER_ID: faulty("Atlas rejected the connection's ID."),
  CLOUD_PROVIDER_CONTAINER_NOT_FOUND: {
    what: "Container {value|with this ID} not found in Atlas.",
    fields: ["containerId"],
    evidence: toContainerEvidence,
    todo: "Choose another container or create one. This one may have been deleted.",
    act: ({ request }) =>
      request === undefined ? { kind: "open-containers" } : { kind: "correct-field", field: "containerId" },
  },
  AZURE_CUSTOMER_NETWORK_VALIDATION_FAILED: onAzure(
    "Azure denied Atlas access to the VNet.",
    "Assign Atlas's role on the VNet, wait up to 10 minutes and try again. If the role is assigned, check the IDs and names.",
  ),
  AZURE_CUSTOMER_NETWORK_UNREACHABLE: onAzure(
    "Atlas couldn't reach the Azure subscription.",
    "Check that the subscription is active and in this directory, and that the directory has Atlas's service principal.",
  ),
  INVALID_AZURE_API_REQUEST: onAzure(
    "Azure rejected one of the IDs or names.",
    "Compare them with az network vnet show, correct the difference and check that Atlas's role is assigned.",
  ),
  INVALID_AZURE_CREDENTIALS: onAzure(
    "Azure rejected Atlas's application in this directory.",
    "Create the service principal, then assign the role on the VNet.",
  ),
} satisfies Record<string, ExplanationEntry>

import {
  correctNamedField,
  openTwin,
  toContainerEvidence,
  toFieldEvidence,
  toOverlapEvidence,
  toQuotaEvidence,
  toTwinEvidence,
} from "./explain-evidence.ts"
import { act, noAct, noEvidence, type ExplanationEntry } from "./explanation.ts"

const field = (what: string, todo: string): ExplanationEntry => ({
  what,
  evidence: toFieldEvidence,
  todo,
  act: correctNamedField,
})
const cidr = act({ kind: "correct-field", field: "routeTableCidrBlock" })
const twin = (what: string): ExplanationEntry => ({
  what,
  evidence: toTwinEvidence,
  todo: "Use that connection. If it has failed, delete it and ask again.",
  act: openTwin,
})
const faulty = (what: string): ExplanationEntry => ({
  what,
  evidence: noEvidence,
  todo: "This is a fault between this server and Atlas. Give Atlas's words below to whoever runs this server.",
  act: noAct,
})

/** What Atlas answers to a request for a connection, or to a change of one, by its errorCode. */
export const requestExplanations = {
  INVALID_ATTRIBUTE: field(
    "Atlas does not take one of the fields as it was sent.",
    "Look at the field that it names. On a change it means that Atlas lets this field be changed on no connection: replace the connection.",
  ),
  MISSING_ATTRIBUTE: field("Atlas misses a field.", "Fill in the field that it names."),
  MISSING_ATTRIBUTES: field("Atlas misses some fields.", "Fill in the fields that it names."),
  MISSING_OR_INVALID_ATTRIBUTE: field(
    "A field is missing, or is not of the form that Atlas expects.",
    "Look at the field that it names.",
  ),
  ATTRIBUTE_READ_ONLY: field(
    "One of the fields can only be read.",
    "Leave it out; Atlas gives it a value by itself.",
  ),
  INVALID_ENUM_VALUE: field(
    "A value is none of those that Atlas knows.",
    "Regions and clouds have to be spelled as Atlas does, in capitals.",
  ),
  INVALID_JSON: faulty("Atlas could not read the form of the request."),
  MALFORMED_JSON: faulty("Atlas received a request that is no JSON."),
  INVALID_JSON_ATTRIBUTE: field(
    "A field has another kind of value than Atlas expects.",
    "Look at the field that it names.",
  ),
  PATH_PARAM_PARSE_ERROR: {
    what: "An id in the address is none of Atlas's: those have 24 hexadecimal digits.",
    evidence: noEvidence,
    todo: "Open the connection from the list. A pcx- id is the AWS side's, and a Terraform id is Terraform's own.",
    act: act({ kind: "look-again" }),
  },
  INVALID_QUERY_PARAMETER: faulty("Atlas does not know a part of the address that was asked for."),
  INVALID_PROVIDER: faulty("Atlas knows no cloud of the name that was sent."),
  INVALID_REGION: {
    what: "The region does not exist on this cloud.",
    evidence: ({ request }) =>
      request?.providerName === "AWS" ? [`The VPC's region was sent as ${request.accepterRegionName}`] : [],
    todo: "Choose the region where the VPC is, spelled as AWS does: us-east-1.",
    act: act({ kind: "correct-field", field: "accepterRegionName" }),
  },
  INVALID_CIDR_BLOCK: {
    what: "The address block is not written as one.",
    evidence: toFieldEvidence,
    todo: "Write four numbers and a prefix: 10.15.0.0/16.",
    act: cidr,
  },
  INVALID_ROUTE_TABLE_CIDR: {
    what: "The VPC's block has public addresses in it; Atlas peers with private ones only.",
    evidence: ({ request }) =>
      request?.providerName === "AWS"
        ? [`${request.routeTableCidrBlock} is not within 10/8, 172.16/12 or 192.168/16`]
        : [],
    todo: "Give the block of the VPC, or of the subnets that connect, within the private ranges.",
    act: cidr,
  },
  PEER_ALREADY_EXISTS: twin("This container is peered with this VPC already."),
  PEER_ALREADY_EXISTS_GCP: twin("This container is peered with this network already."),
  PEER_ALREADY_EXISTS_AZURE: twin("This container is peered with this VNet already."),
  OVERLAPPING_CIDR_BLOCK: {
    what: "The VPC's block shares addresses with another VPC of this container; Atlas could not route to both.",
    evidence: (subject) => toOverlapEvidence(subject, "peers"),
    todo: "Peer from a block that is free, or delete the connection that has it, if nobody needs it any more.",
    act: cidr,
  },
  OVERLAPPING_ATLAS_CIDR_BLOCK: {
    what: "The block shares addresses with Atlas's own; neither side could route to the other.",
    evidence: (subject) => toOverlapEvidence(subject, "containers"),
    todo: "Use a subnet's block that does not overlap, or a container in another block.",
    act: act({ kind: "find-free-block" }),
  },
  PEER_ALREADY_REQUESTED_DELETION: {
    what: "The connection is being removed already.",
    evidence: toTwinEvidence,
    todo: "Nothing; it goes by itself in some minutes.",
    act: act({ kind: "look-again" }),
  },
  PEER_INVALID_STATE: {
    what: "The connection cannot be changed in the state that it is in.",
    evidence: toTwinEvidence,
    todo: "Wait until it waits for acceptance, works or has failed; then change it.",
    act: act({ kind: "look-again" }),
  },
  PEER_MAXIMUM_REACHED: {
    what: "The project has as many connections, or as many unfinished ones, as Atlas allows.",
    evidence: toQuotaEvidence,
    todo: "Delete failed ones, have waiting ones accepted, or ask MongoDB's support for more.",
    act: act({ kind: "look-again" }),
  },
  PEER_NOT_FOUND: {
    what: "Atlas has no such connection any more.",
    evidence: noEvidence,
    todo: "Somebody deleted it, in Atlas or by another tool. Make it anew if it is needed.",
    act: act({ kind: "try-as-new" }),
  },
  INVALID_PEER_ID: faulty("Atlas does not take the id of the connection."),
  CLOUD_PROVIDER_CONTAINER_NOT_FOUND: {
    what: "Atlas has no such container.",
    evidence: toContainerEvidence,
    todo: "Choose one of the project's containers, or make one.",
    act: act({ kind: "correct-field", field: "containerId" }),
  },
  AZURE_CUSTOMER_NETWORK_VALIDATION_FAILED: {
    what: "Azure did not let Atlas look at the VNet.",
    evidence: ({ request }) =>
      request?.providerName === "AZURE"
        ? [`${request.vnetName} in ${request.resourceGroupName}, subscription ${request.azureSubscriptionId}`]
        : [],
    todo: "Give Atlas's application its role on the VNet, wait 20 seconds, and try again. If it has the role, one of the ids or names is another network's.",
    act: act({ kind: "open-azure-steps" }),
  },
  AZURE_CUSTOMER_NETWORK_UNREACHABLE: {
    what: "Atlas could not reach the Azure subscription.",
    evidence: ({ request }) =>
      request?.providerName === "AZURE"
        ? [`Directory ${request.azureDirectoryId}, subscription ${request.azureSubscriptionId}`]
        : [],
    todo: "See that the subscription belongs to this directory, that it is active, and that Atlas's application is in the directory.",
    act: act({ kind: "open-azure-steps" }),
  },
  INVALID_AZURE_API_REQUEST: {
    what: "Azure does not take one of the values.",
    evidence: toFieldEvidence,
    todo: "Compare directory, subscription, resource group and VNet with az network vnet show.",
    act: act({ kind: "correct-field", field: "vnetName" }),
  },
  INVALID_AZURE_CREDENTIALS: {
    what: "Azure does not accept Atlas's application in this directory.",
    evidence: noEvidence,
    todo: "Let the application into the directory, then give it the role.",
    act: act({ kind: "open-azure-steps" }),
  },
} satisfies Record<string, ExplanationEntry>

import type { Cloud } from "./new-connection.ts"
import { projects } from "./scenario.ts"

/** Atlas's answer, the action that the page suggests and, where there is some, evidence from the person's data. */
export type Refusal = [status: number, errorCode: string, detail: string, todo: string, evidence?: string]

const pause = "Try again in 1 s."
const serverFault = "Send the message below to your Peering Desk administrator."

/** The refusals of each operation. Together they cover every code in the catalogue of explanations. */
export const toCreate: Record<Cloud, Refusal[]> = {
  GCP: [
    [409, "PEER_ALREADY_EXISTS_GCP", "The peer with GCP … already exists.", "Open the existing connection"],
    [400, "NOT_IN_PRIVATE_IP_MODE", "This action requires private IP mode.", "can turn it on"],
    [404, "NOT_ATLAS_GROUP", "The group is not an Atlas group.", "Choose another project."],
    [404, "INVALID_GROUP_ID", "An invalid group ID was specified.", "Choose the project from the list."],
  ],
  AZURE: [
    [
      409,
      "PEER_ALREADY_EXISTS_AZURE",
      "The peer with Azure … already exists.",
      "Open the existing connection",
    ],
    [
      400,
      "AZURE_CUSTOMER_NETWORK_VALIDATION_FAILED",
      "Please ensure …",
      "Assign Atlas's role on the VNet",
      "vnet-checkout",
    ],
    [
      404,
      "AZURE_CUSTOMER_NETWORK_UNREACHABLE",
      "Azure subscription unreachable.",
      "Check that the subscription is active",
    ],
    [400, "INVALID_AZURE_API_REQUEST", "One or more Azure parameters were invalid.", "az network vnet show"],
    [400, "INVALID_AZURE_CREDENTIALS", "Invalid Azure credentials.", "Create the service principal"],
    [
      400,
      "AZURE_PEERING_MULTIPLE_REGIONS_NOT_ALLOWED",
      "Azure peering is only allowed in one Atlas Azure container per project.",
      "can turn off peering-only mode",
      "Peering-only mode: off",
    ],
    [
      400,
      "AZURE_PEERING_MULTIPLE_REGIONS_NOT_ALLOWED_IN_DEPRECATED_PEERING_ONLY_MODE",
      "This project uses Peering-Only mode.",
      "can turn off peering-only mode",
    ],
  ],
  AWS: [
    [400, "INVALID_ATTRIBUTE", "Invalid attribute vpcId specified.", "Correct it", "Sent vpcId: vpc-0a1b"],
    [400, "MISSING_ATTRIBUTE", "The required attribute vpcId was not specified.", "Fill it in"],
    [
      400,
      "MISSING_ATTRIBUTES",
      "The required attributes vpcId were not specified.",
      "Fill in the fields named below",
    ],
    [400, "MISSING_OR_INVALID_ATTRIBUTE", "The required attribute vpcId was omitted.", "Correct it"],
    [400, "INVALID_ENUM_VALUE", "An invalid enumeration value us-west-1.", "VPCs use us-west-1"],
    [400, "INVALID_JSON", "Received JSON does not match expected format.", serverFault],
    [400, "MALFORMED_JSON", "Received JSON is malformed.", serverFault],
    [400, "INVALID_JSON_ATTRIBUTE", "Received JSON for vpcId …", "Correct it", "Sent vpcId"],
    [400, "INVALID_PROVIDER", "No provider AWX exists.", serverFault],
    [400, "INVALID_REGION", "No region us-west-1 exists for provider AWS.", "Choose the region again."],
    [400, "INVALID_CIDR_BLOCK", "The cidr block 10.90.0.0/16 is invalid.", "Use the form 10.15.0.0/16"],
    [400, "INVALID_ROUTE_TABLE_CIDR", "The address 10.90.0.0/16 must be …", "Use the CIDR of the VPC"],
    [409, "OVERLAPPING_CIDR_BLOCK", "10.90.0.0/16 overlaps.", "Use a free CIDR"],
    [
      409,
      "OVERLAPPING_ATLAS_CIDR_BLOCK",
      "10.90.0.0/16 overlaps with an Atlas CIDR.",
      "overlaps none of the VPC's CIDRs",
    ],
    [
      409,
      "PEER_ALREADY_EXISTS",
      "The peer with AWS Account ID … already exists.",
      "Open the existing connection",
    ],
    [
      409,
      "PEER_MAXIMUM_REACHED",
      "The maximum (50) is reached.",
      "Delete failed connections",
      "0 connections",
    ],
    [
      404,
      "CLOUD_PROVIDER_CONTAINER_NOT_FOUND",
      "An invalid container ID was specified.",
      "Choose another container",
    ],
    [
      403,
      "ATLAS_RESOURCE_POLICIES_VIOLATION_NOT_AUTHORIZED",
      "Invalid configuration.",
      "Change it to what the policy allows.",
    ],
    [
      402,
      "NO_PAYMENT_INFORMATION_FOUND",
      "No payment information.",
      "Ask a billing administrator",
      "Project ",
    ],
    [402, "ACCOUNT_SUSPENDED", "Organization has an unpaid invoice.", "Ask a billing administrator"],
    [404, "GROUP_NOT_FOUND", "No group with ID … exists.", "Choose another project", projects.documentation],
    [405, "WRITES_NOT_ALLOWED_DURING_APP_UPGRADES", "Endpoints are disabled.", "Try again in a few minutes"],
    [429, "RATE_LIMITED", "Resource … is limited to 100 requests every 1 minutes.", pause],
  ],
}

export const toChange: Refusal[] = [
  [400, "ATTRIBUTE_READ_ONLY", "The attribute routeTableCidrBlock is read-only …", "Leave it unchanged."],
  [400, "PATH_PARAM_PARSE_ERROR", "A path parameter is malformed.", "Open the connection from the list."],
  [404, "INVALID_PEER_ID", "An invalid peer ID was specified.", serverFault],
  [404, "PEER_NOT_FOUND", "No peer with ID … exists in project ….", "Recreate", "(AVAILABLE)"],
  [409, "PEER_ALREADY_REQUESTED_DELETION", "The peer is deleted already.", "No action needed."],
  [409, "PEER_INVALID_STATE", "The peer cannot be updated in its current state.", "Send the change again."],
  [500, "UNEXPECTED_ERROR", "Unexpected error.", "The change may have been made."],
  [429, "RATE_LIMITED_TOKEN_BUCKET", "Rate limit exceeded.", pause],
]

/** Atlas's refusal of a block that another VPC of the container has. */
export const provoked: Refusal = [
  409,
  "OVERLAPPING_CIDR_BLOCK",
  "The CIDR block 10.15.0.0/16 overlaps with another peer's CIDR block.",
  "delete the connection that uses this one",
  "10.15.0.0/16 overlaps 10.15.0.0/16 of vpc-078ac381aa90e1e63 in payments-prod",
]

export const toDelete: Refusal[] = [
  [401, "UNEXPECTED_ERROR", "You are not authorized for this resource.", "It may be revoked or mistyped."],
  [401, "USER_UNAUTHORIZED", "Current user is not authorized.", "give it Project Network Access Manager"],
  [401, "NOT_IN_GROUP", "The current user is not in the group.", "add the API key to the project"],
  [
    403,
    "IP_ADDRESS_NOT_ON_ACCESS_LIST",
    "IP address 203.0.113.9 is not allowed to access this resource.",
    "API key's access list",
    "Atlas saw this server at 203.0.113.9",
  ],
  [403, "ORG_REQUIRES_ACCESS_LIST", "This organization requires a list.", "add this server's address"],
  [
    403,
    "RESOURCE_REQUIRES_ACCESS_LIST",
    "This resource requires an access list.",
    "add this server's address",
  ],
  [403, "ACCESS_FORBIDDEN", "This resource is forbidden.", "check the API key's roles"],
]

export const toMakeContainer: Refusal[] = [
  [400, "ATLAS_INVALID_CIDR_BLOCK", "Atlas CIDR 10.8.0.0/21 must be a /24 block for AWS.", "/21 to /24"],
  [400, "ATLAS_INVALID_CIDR_RANGE", "10.8.0.0/21 must be in private range.", "Use a CIDR within"],
  [400, "ATLAS_NON_CANONICAL_CIDR_BLOCK", "The canonical form is ….", "Use the network address"],
  [400, "ATLAS_INVALID_CIDR_BLOCK_FOR_SMALL_CONTAINER", "Must be `/24`.", "Each region needs a /24"],
  [400, "CANNOT_CHANGE_CONTAINER_REGION", "The region cannot be changed.", "Create another container"],
  [
    400,
    "CANNOT_UPDATE_SMALL_CONTAINER",
    "The container is small and can't be updated.",
    "create another one",
  ],
  [
    409,
    "CONTAINER_ALREADY_EXISTS",
    "A container already exists for the group.",
    "Use the existing container.",
  ],
  [409, "REGION_UNAVAILABLE", "EU_WEST_1 is unavailable.", "Choose another region.", "EU_WEST_1"],
]

export const toDeleteContainer: Refusal[] = [
  [409, "CONTAINERS_IN_USE", "Cannot modify in use containers.", "It has no connections."],
  [409, "CANNOT_DELETE_RECENTLY_CREATED_CONTAINER", "Created just now.", "Try again in 10 seconds."],
]

export const toSwitchMode: Refusal[] = [
  [400, "CANNOT_UPDATE_PRIVATE_IP_MODE", "It has dedicated clusters.", "Leave it as it is"],
  [400, "UNSUPPORTED_FOR_PRIVATE_IP_MODE", "Private IP mode: gone.", "Peering doesn't need it."],
]

export const toLetIn: Refusal[] = [
  [403, "ATLAS_NETWORK_PERMISSIONS_LIMIT_EXCEEDED", "Only 200 entries.", "Remove unused entries"],
  [404, "ATLAS_NETWORK_PERMISSION_ENTRY_NOT_FOUND", "Not on the access list.", "Add it again."],
  [
    400,
    "CANNOT_USE_AWS_SECURITY_GROUP_WITHOUT_VPC_PEERING_CONNECTION",
    "Cannot use aws security groups without a vpc peering connection.",
    "add the VPC CIDR instead",
    "payments-prod has 2 available AWS connections",
  ],
]

/** One project for each, because the server does not read the same list twice within a moment. */
export const toRead: [projectId: string, refusal: Refusal][] = [
  [projects.documentation, [404, "RESOURCE_NOT_FOUND", "Cannot find it.", "check ATLAS_BASE_URL"]],
  [projects.payments, [400, "INVALID_QUERY_PARAMETER", "Invalid query parameter.", serverFault]],
  [projects.emptySandbox, [406, "INVALID_VERSION_DATE", "Invalid version date.", "remove ATLAS_API_VERSION"]],
  [projects.longName, [410, "VERSION_GONE", "The version is gone.", "update the server"]],
  [projects.peeringOnly, [500, "UNEXPECTED_ERROR", "Unexpected error.", "Try again in a minute."]],
]

export const toTestKey: Refusal[] = [
  [401, "UNEXPECTED_ERROR", "You are not authorized for this resource.", "its private key here is wrong"],
  [401, "USER_UNAUTHORIZED", "Current user is not authorized.", "Give it a role"],
  [
    403,
    "IP_ADDRESS_NOT_ON_ACCESS_LIST",
    "IP address 203.0.113.9 is not allowed to access this resource.",
    "Add 203.0.113.9/32 to the API key's own API access list",
  ],
  [403, "ORG_REQUIRES_ACCESS_LIST", "This organization requires a list.", "Add this server's address"],
  [403, "ACCESS_FORBIDDEN", "Access to this resource is forbidden.", "Give it a role"],
]

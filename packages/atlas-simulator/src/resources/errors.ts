type ErrorKind = { status: number; detail: string }

const kinds = (status: number, details: Record<string, string>): [string, ErrorKind][] =>
  Object.entries(details).map(([code, detail]) => [code, { status, detail }])

/** Every error code of the simulator, with the text of MongoDB's API error list; `%s` takes a parameter. */
const catalogue: ReadonlyMap<string, ErrorKind> = new Map([
  ...kinds(400, {
    ATLAS_INVALID_CIDR_BLOCK: "Atlas CIDR %s must be a /%s block for %s.",
    ATLAS_INVALID_CIDR_BLOCK_FOR_SMALL_CONTAINER:
      "Atlas CIDR must be between `/21` and `/24` for small Google Cloud network peering containers. Either omit the `regions` array to create a network peering container with a larger CIDR block or provide an `atlasCidrBlock` between `/21` and `/24`, inclusive.",
    ATLAS_INVALID_CIDR_RANGE: "Atlas CIDR %s must be in private range.",
    ATLAS_NON_CANONICAL_CIDR_BLOCK: "The canonical form for the specified Atlas CIDR %s is %s.",
    ATTRIBUTE_READ_ONLY: "The attribute %s is read-only and cannot be changed by the user.",
    AZURE_CUSTOMER_NETWORK_VALIDATION_FAILED:
      "Please ensure that the account information provided is correct and that you've given Atlas the proper permissions to create peering connections in your account.",
    AZURE_PEERING_MULTIPLE_REGIONS_NOT_ALLOWED_IN_DEPRECATED_PEERING_ONLY_MODE:
      "This project uses Peering-Only mode which limits peering to one Atlas Azure region. Disable Peering-Only mode to use Azure multi-region peering.",
    CANNOT_CHANGE_CONTAINER_REGION: "The region of a cloud provider container cannot be changed.",
    CANNOT_UPDATE_PRIVATE_IP_MODE: "Group %s has dedicated clusters, so private IP mode cannot be updated.",
    CANNOT_UPDATE_SMALL_CONTAINER: "Google Cloud network peering container %s is small and can't be updated.",
    CANNOT_USE_AWS_SECURITY_GROUP_WITHOUT_VPC_PEERING_CONNECTION:
      "Cannot use aws security groups as whitelist entries without a vpc peering connection.",
    EXPIRATION_DATE_EXCEEDS_MAX: "The specified expiration date can be at most %d days in the future.",
    EXPIRATION_DATE_IN_PAST: "The specified expiration date must be in the future.",
    INVALID_ATTRIBUTE: "Invalid attribute %s specified.",
    INVALID_CIDR_BLOCK: "The cidr block %s must be in valid CIDR notation.",
    INVALID_ENUM_VALUE: "An invalid enumeration value %s was specified.",
    INVALID_IP_ADDRESS_OR_CIDR_NOTATION: "The address %s must be in valid IP address or CIDR notation.",
    INVALID_JSON: "Received JSON does not match expected format.",
    INVALID_JSON_ATTRIBUTE: "Received JSON for the %s attribute does not match expected format.",
    INVALID_NETWORK_PERMISSION_COMMENT: "The comment %s must be 80 characters or less.",
    INVALID_PROVIDER: "No provider %s exists.",
    INVALID_QUERY_PARAMETER: "Invalid query parameter %s specified.",
    INVALID_REGION: "No region %s exists for provider %s.",
    INVALID_ROUTE_TABLE_CIDR:
      'The address %s must be within the private ranges ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"].',
    MALFORMED_JSON: "Received JSON is malformed.",
    MISSING_ATTRIBUTE: "The required attribute %s was not specified.",
    MISSING_ONE_OF_THREE_ATTRIBUTES:
      "Either the %s attribute, the %s attribute, or the %s attribute must be specified.",
    MULTIPLE_VALUES_SPECIFIED_FOR_ONE_NETWORK_PERMISSION_ENTRY:
      "Should not specify both the IP address and the CIDR block.",
    NETWORK_PERMISSION_EXPIRATION_NOT_SUPPORTED: "Expiration dates are only supported for IP addresses.",
    MULTI_CLOUD_CLUSTER_INVALID: "Multi-Cloud clusters are not currently supported by the API.",
    PATH_PARAM_PARSE_ERROR: "One or more path parameter in the request URI %s is malformed.",
    UNSUPPORTED_FOR_PRIVATE_IP_MODE: "An error regarding private IP mode: %s.",
  }),
  ...kinds(401, {
    NOT_IN_GROUP: "The current user is not in the group, or the group does not exist.",
    USER_CANNOT_ACCESS_ORG: "User cannot access this organization.",
    USER_UNAUTHORIZED: "Current user is not authorized to perform this action.",
  }),
  ...kinds(402, { NO_PAYMENT_INFORMATION_FOUND: "No payment information was found for group %s." }),
  ...kinds(403, {
    // Seen in the logs of MongoDB's own Terraform tests; the words are ours.
    ATLAS_RESOURCE_POLICIES_VIOLATION_NOT_AUTHORIZED:
      "The organization's resource policies forbid this configuration.",
    ATLAS_NETWORK_PERMISSIONS_LIMIT_EXCEEDED:
      "Too many network permission entries. Only %d entries are supported.",
    IP_ADDRESS_NOT_ON_ACCESS_LIST: "IP address %s is not allowed to access this resource.",
    ORG_REQUIRES_ACCESS_LIST: "This organization requires access through an access list of ip ranges.",
  }),
  ...kinds(404, {
    ATLAS_NETWORK_PERMISSION_ENTRY_NOT_FOUND: "IP Address %s not on Atlas access list for group %s.",
    AZURE_CUSTOMER_NETWORK_UNREACHABLE: "External Azure subscription unreachable.",
    CLOUD_PROVIDER_CONTAINER_NOT_FOUND: "An invalid cloud provider container ID %s was specified.",
    CLUSTER_NOT_FOUND: "No cluster named %s exists in group %s.",
    GROUP_NAME_NOT_FOUND: "No group with name %s exists.",
    GROUP_NOT_FOUND: "No group with ID %s exists.",
    PEER_NOT_FOUND: "No peer with ID %s exists in project %s.",
    RESOURCE_NOT_FOUND: "Cannot find resource %s.",
  }),
  ...kinds(405, { METHOD_NOT_ALLOWED: "Unexpected error." }),
  ...kinds(406, { INVALID_VERSION_DATE: "Invalid accept header or version date." }),
  ...kinds(409, {
    CANNOT_DELETE_RECENTLY_CREATED_CONTAINER:
      "Container %s was created moments ago and cannot be deleted yet.",
    CONTAINERS_IN_USE: "Cannot modify in use containers. %s.",
    CONTAINER_ALREADY_EXISTS: "A container already exists for group %s.",
    OVERLAPPING_ATLAS_CIDR_BLOCK: "The CIDR block %s overlaps with an Atlas CIDR block.",
    OVERLAPPING_CIDR_BLOCK: "The CIDR block %s overlaps with another peer's CIDR block.",
    PEER_ALREADY_EXISTS: "The peer with AWS Account ID %s and VPC ID %s already exists.",
    PEER_ALREADY_EXISTS_AZURE:
      "The peer with Azure Subscription ID %s and Virtual Network name %s already exists.",
    PEER_ALREADY_EXISTS_GCP: "The peer with GCP Project ID %s and network name %s already exists.",
    PEER_ALREADY_REQUESTED_DELETION: "The peer with ID %s has already been requested for deletion.",
    PEER_INVALID_STATE: "The peer with ID %s in group %s cannot be updated in its current state.",
    PEER_MAXIMUM_REACHED: "The maximum number of peering connections (%s) has been reached.",
    REGION_UNAVAILABLE: "The selected region %s is unavailable for use.",
  }),
  ...kinds(413, { REQUEST_TOO_LARGE: "The request body is larger than %s bytes." }),
  ...kinds(415, { UNSUPPORTED_MEDIA_TYPE: "Content-Type %s is not supported." }),
  ...kinds(429, {
    RATE_LIMITED: "Resource %s is limited to %s requests every %s minutes.",
    RATE_LIMITED_TOKEN_BUCKET:
      "Rate limit exceeded for %s. Please retry after %s seconds. Request capacity: %s. Refill rate: %s per %s seconds.",
  }),
  ...kinds(500, { UNEXPECTED_ERROR: "Unexpected error." }),
])

/** A refusal as Atlas words it; handlers throw it, and `toErrorReply` writes the envelope. */
export class AtlasError extends Error {
  readonly code: string
  readonly status: number
  readonly parameters: readonly (string | number)[]
  readonly headers: Readonly<Record<string, string>>

  constructor(
    code: string,
    parameters: readonly (string | number)[] = [],
    headers: Record<string, string> = {},
  ) {
    const kind = catalogue.get(code)
    if (kind === undefined) throw new RangeError(`no such error code: ${code}`)
    let used = 0
    super(kind.detail.replace(/%[sd]/g, () => String(parameters[used++] ?? "")))
    this.code = code
    this.status = kind.status
    this.parameters = parameters
    this.headers = headers
  }
}

/** The two services, as the scope of a signature names them. */
export type AwsService = "ec2" | "sts"

const statuses: Record<string, number> = {
  AccessDenied: 403,
  AuthFailure: 401,
  DryRunOperation: 412,
  ExpiredToken: 403,
  InternalError: 500,
  InvalidClientTokenId: 403,
  MissingAuthenticationToken: 403,
  OptInRequired: 401,
  RequestLimitExceeded: 503,
  SignatureDoesNotMatch: 403,
  Throttling: 400,
  Unavailable: 503,
  UnauthorizedOperation: 403,
}

const usualMessages: Record<string, string> = {
  AuthFailure: "AWS was not able to validate the provided access credentials",
  DryRunOperation: "Request would have succeeded, but DryRun flag is set.",
  ExpiredToken: "The security token included in the request is expired",
  InternalError: "An internal error has occurred",
  InvalidClientTokenId: "The security token included in the request is invalid.",
  MissingAuthenticationToken: "Request is missing Authentication Token",
  OptInRequired: "You are not subscribed to this service.",
  RequestExpired: "Request has expired.",
  RequestLimitExceeded: "Request limit exceeded.",
  Throttling: "Rate exceeded",
  UnauthorizedOperation: "You are not authorized to perform this operation.",
  Unavailable: "The service is unavailable. Please try again shortly.",
}

/** A refusal of EC2 or STS with its code, status and message; by default what AWS usually sends with the code. */
export class AwsError extends Error {
  readonly code: string
  readonly status: number

  constructor(code: string, message = usualMessages[code] ?? code, status = statuses[code] ?? 400) {
    super(message)
    this.code = code
    this.status = status
  }
}

/** An application that may sign people in here. */
export interface DemoClient {
  id: string
  secret: string
  redirectUris: readonly string[]
  postLogoutRedirectUris?: readonly string[]
  backChannelLogoutUri?: string
}

/** Returns true for an absolute http(s) URL. */
export function isWebUrl(value: unknown): value is string {
  return typeof value === "string" && /^https?:\/\//.test(value) && URL.canParse(value)
}

const isUrlList = (value: unknown): value is string[] => Array.isArray(value) && value.every(isWebUrl)

/**
 * Parses the body of `PUT /demo/clients/{id}`. A secret left out stays that of the known client.
 * @throws RangeError with a sentence for the sender
 */
export function parseClient(id: string, body: unknown, known: DemoClient | undefined): DemoClient {
  const {
    secret = known?.secret,
    redirectUris,
    postLogoutRedirectUris = [],
    backChannelLogoutUri,
  }: { [Name in keyof DemoClient]?: unknown } = typeof body === "object" && body !== null ? body : {}
  if (typeof secret !== "string" || secret === "") throw new RangeError("secret must be a text")
  if (!isUrlList(redirectUris) || redirectUris.length === 0)
    throw new RangeError("redirectUris must be a list of http(s) URLs")
  if (!isUrlList(postLogoutRedirectUris))
    throw new RangeError("postLogoutRedirectUris must be a list of http(s) URLs")
  if (backChannelLogoutUri !== undefined && !isWebUrl(backChannelLogoutUri))
    throw new RangeError("backChannelLogoutUri must be an http(s) URL")
  return {
    id,
    secret,
    redirectUris,
    postLogoutRedirectUris,
    ...(backChannelLogoutUri !== undefined && { backChannelLogoutUri }),
  }
}

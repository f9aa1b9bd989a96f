/** An application that may sign people in here. */
export interface DemoClient {
  id: string
  secret: string
  redirectUris: readonly string[]
  postLogoutRedirectUris?: readonly string[]
  backChannelLogoutUri?: string
}

/** Describes Peering Desk at an address. */
export function toDemoClient(origin: string, secret: string) {
  return {
    id: "peering-desk",
    secret,
    redirectUris: [`${origin}/sign-in/callback`],
    postLogoutRedirectUris: [`${origin}/`],
    backChannelLogoutUri: `${origin}/sign-in/back-channel-logout`,
  } satisfies DemoClient
}

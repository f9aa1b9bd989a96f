/** Returns true when Node's setting turns off the check of certificates, and with it what TLS protects. */
export function isTlsUnchecked(environment: NodeJS.ProcessEnv): boolean {
  return environment["NODE_TLS_REJECT_UNAUTHORIZED"] === "0"
}

/** The variable and its effect, for the log and the doctor. */
export const tlsUncheckedText =
  "NODE_TLS_REJECT_UNAUTHORIZED=0 turns off the check of certificates: anyone on the way can read and change what Atlas and the identity provider answer"

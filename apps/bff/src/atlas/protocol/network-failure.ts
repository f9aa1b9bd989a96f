/**
 * The fate of a request without a whole answer:
 * `not-sent`  no connection was made, so the server knows nothing of it;
 * `lost`      the connection ended after the request may have been written;
 * `garbled`   bytes came back that are not HTTP, or not in the promised encoding.
 *
 * undici says so in the `code` of its error, or of that error's cause. Name resolution, TCP and TLS failures come before the first byte of the
 * request is written. `UND_ERR_SOCKET` ("other side closed"), `ECONNRESET`, `EPIPE`, `UND_ERR_HEADERS_TIMEOUT` and an abort
 * come when it is at least partly written: the server may have acted on it. A code we don't know counts as such too.
 */
export type NetworkFailure = "not-sent" | "lost" | "garbled"

const beforeSending = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EAI_FAIL",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENETDOWN",
  "EADDRNOTAVAIL",
  "UND_ERR_CONNECT_TIMEOUT",
  // TLS: the server's certificate was refused, or what answered does not speak TLS.
  "CERT_HAS_EXPIRED",
  "CERT_NOT_YET_VALID",
  "CERT_REVOKED",
  "CERT_SIGNATURE_FAILURE",
  "CERT_UNTRUSTED",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "ERR_TLS_CERT_ALTNAME_INVALID",
  "HOSTNAME_MISMATCH",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "ERR_SSL_WRONG_VERSION_NUMBER",
  "ERR_SSL_PACKET_LENGTH_TOO_LONG",
  "ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE",
  "ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION",
  "ERR_SSL_UNSUPPORTED_PROTOCOL",
])

/** Classifies what a request or the stream of its answer threw. */
export function classifyNetworkFailure(error: unknown): NetworkFailure {
  const chain = [...causes(error)]
  if (chain.some(({ code }) => beforeSending.has(code ?? ""))) return "not-sent"
  // Some codes occur before and after the handshake. The system call or the message tells them apart.
  if (
    chain.some(
      ({ syscall, message }) => syscall === "connect" || /before secure TLS connection/.test(message ?? ""),
    )
  )
    return "not-sent"
  const garbled = ({ name, code }: SystemError) =>
    name === "HTTPParserError" || /^(HPE_|Z_|ERR_BROTLI|ERR_ZSTD)/.test(code ?? "")
  return chain.some(garbled) ? "garbled" : "lost"
}

/** Reads the most specific code of a failure, for people; null without a code. */
export function readFailureCode(error: unknown): string | null {
  return [...causes(error)].findLast(({ code }) => code !== undefined)?.code ?? null
}

interface SystemError {
  name?: string
  code?: string
  syscall?: string
  message?: string
}

/** Lists an error with all its causes. A connect to several addresses fails with one error that contains the others. */
function* causes(error: unknown): Generator<SystemError> {
  for (let depth = 0, at = error; at instanceof Error && depth < 8; depth += 1, at = at.cause) {
    const { code, syscall } = at as { code?: unknown; syscall?: unknown }
    yield {
      name: at.name,
      message: at.message,
      ...(typeof code === "string" && { code }),
      ...(typeof syscall === "string" && { syscall }),
    }
  }
}

/** A whole HTTP answer. `text` is null when the body was too large. */
export interface HttpAnswer {
  status: number
  headers: Headers
  text: string | null
}

/** Far above any list of Atlas (500 entries), far below what would harm this process. */
const bodyLimitBytes = 8 * 1024 * 1024

/** Reads the body to its end, which frees the connection for the next call. Throws the stream's error when it breaks off. */
export async function readAnswer(response: Response): Promise<HttpAnswer> {
  const { status, headers } = response
  if (response.body === null) return { status, headers, text: "" }
  const decoder = new TextDecoder()
  const parts: string[] = []
  let size = 0
  for await (const chunk of response.body) {
    size += chunk.byteLength
    // Leaving the loop cancels the stream, which closes the connection.
    if (size > bodyLimitBytes) return { status, headers, text: null }
    parts.push(decoder.decode(chunk, { stream: true }))
  }
  return { status, headers, text: parts.join("") + decoder.decode() }
}

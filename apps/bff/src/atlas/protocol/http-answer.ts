/** The headers of an answer. A header that came several times is one list. */
export interface AnswerHeaders {
  get(name: string): string | null
}

/** An answer whose head has come. */
export interface BegunAnswer {
  status: number
  headers: AnswerHeaders
  /** Reads the body to its end, which frees the connection. Null when it is too large; throws when it breaks off. */
  text(): Promise<string | null>
}

/** A whole HTTP answer. `text` is null when the body was too large. */
export interface HttpAnswer {
  status: number
  headers: AnswerHeaders
  text: string | null
}

/** Reads the body to its end, which frees the connection for the next call. Throws the stream's error when it breaks off. */
export async function readAnswer(answer: BegunAnswer): Promise<HttpAnswer> {
  return { status: answer.status, headers: answer.headers, text: await answer.text() }
}

/** The answer to a call: its status, and its JSON if there is one. */
export interface Answer {
  status: number
  body?: unknown
}

/** A refusal with its status and a sentence. */
export class Refusal extends Error {
  readonly status: number
  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

/** Returns undefined for text that is no JSON. */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

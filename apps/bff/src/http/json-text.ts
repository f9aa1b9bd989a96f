import { createHash } from "node:crypto"

/** A piece of JSON with a hash of it. */
export interface JsonPiece {
  bytes: Buffer
  hash: string
}

export function toJsonPiece(value: unknown): JsonPiece {
  const bytes = Buffer.from(JSON.stringify(value))
  return { bytes, hash: createHash("sha1").update(bytes).digest("base64") }
}

/** An answer whose JSON was made before, in pieces: it is joined, and not made again for each reader. */
export class JsonText {
  readonly #pieces: readonly (string | JsonPiece)[]

  /** @param pieces in their order: kept ones, and text between them */
  constructor(pieces: readonly (string | JsonPiece)[]) {
    this.#pieces = pieces
  }

  toBytes(): Buffer {
    return Buffer.concat(
      this.#pieces.map((piece) => (typeof piece === "string" ? Buffer.from(piece) : piece.bytes)),
    )
  }

  /** Hashes the text between the kept pieces with their hashes. */
  toEtag(): string {
    const hash = createHash("sha1")
    for (const piece of this.#pieces) hash.update(typeof piece === "string" ? piece : piece.hash)
    return `"${hash.digest("base64")}"`
  }
}

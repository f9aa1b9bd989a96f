import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  verify,
  type KeyObject,
} from "node:crypto"

/** An Ed25519 key pair. The private half leaves it only as text to seal. */
export class SigningKey {
  /** The public half: base64 of its SubjectPublicKeyInfo (RFC 8410), the middle of a PEM file. */
  readonly publicKey: string
  readonly id: string
  readonly #private: KeyObject

  private constructor(privateKey: KeyObject) {
    this.#private = privateKey
    this.publicKey = createPublicKey(privateKey).export({ type: "spki", format: "der" }).toString("base64")
    this.id = toKeyId(this.publicKey)
  }

  static create(): SigningKey {
    return new SigningKey(generateKeyPairSync("ed25519").privateKey)
  }

  /** @param pkcs8 as `toPrivateText` returned it */
  static fromPrivateText(pkcs8: string): SigningKey {
    return new SigningKey(
      createPrivateKey({ key: Buffer.from(pkcs8, "base64"), type: "pkcs8", format: "der" }),
    )
  }

  toPrivateText(): string {
    return this.#private.export({ type: "pkcs8", format: "der" }).toString("base64")
  }

  /** Returns the signature in base64url. */
  sign(text: string): string {
    return sign(null, Buffer.from(text), this.#private).toString("base64url")
  }
}

/** Returns the first 32 hex digits of the SHA-256 of a public key. */
export function toKeyId(publicKey: string): string {
  return createHash("sha256").update(Buffer.from(publicKey, "base64")).digest("hex").slice(0, 32)
}

/** Returns true if a signature is of this text and this key. Accepts one spelling of it, though base64url has several. */
export function isSignedBy(publicKey: string, text: string, signature: string): boolean {
  const bytes = Buffer.from(signature, "base64url")
  if (bytes.toString("base64url") !== signature) return false
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey, "base64"), type: "spki", format: "der" })
    return key.asymmetricKeyType === "ed25519" && verify(null, Buffer.from(text), key, bytes)
  } catch {
    // Not a key: somebody wrote it into the database.
    return false
  }
}

import { hash, randomInt } from "node:crypto"
import { crc32 } from "node:zlib"

/** Begins every API token, so that people and secret scanners recognise one: `peeringdesk_[0-9A-Za-z]{46}`. */
export const tokenPrefix = "peeringdesk_"

const digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
/** 40 digits to the base 62 are 238 bits. */
const randomLength = 40
const checksumLength = 6
const shape = new RegExp(`^${tokenPrefix}([0-9A-Za-z]{${randomLength}})([0-9A-Za-z]{${checksumLength}})$`)

/** Creates the text of a new token. */
export function createTokenText(): string {
  const random = Array.from({ length: randomLength }, () => digits[randomInt(digits.length)]).join("")
  return `${tokenPrefix}${random}${toChecksum(random)}`
}

/** Returns true for the shape of a token with the right checksum; a mistyped one is known without the database. */
export function isTokenText(text: string): boolean {
  const [, random, checksum] = shape.exec(text) ?? []
  return random !== undefined && toChecksum(random) === checksum
}

/** Returns the SHA-256 of a token, under which it is stored. Its randomness makes a slow hash needless. */
export function toTokenHash(text: string): string {
  return hash("sha256", text)
}

/** CRC-32 to the base 62, as in GitHub's tokens: a scanner tells a token from a text that only looks like one. */
function toChecksum(random: string): string {
  let rest = crc32(random)
  let checksum = ""
  for (let place = 0; place < checksumLength; place += 1) {
    checksum = `${digits[rest % digits.length]}${checksum}`
    rest = Math.floor(rest / digits.length)
  }
  return checksum
}

/** Declares what we use of the package, which has no types. The name `digest-fetch.d.ts` would declare our own file. */
declare module "digest-fetch" {
  export interface DigestState {
    scheme: string
    realm: string
    nonce: string
    opaque: string | null
    qop: string | null
    algorithm: string
    cnonce: string
    /** Padded to eight characters in the header, so a hexadecimal text works like a number. */
    nc: number | string
  }

  export default class DigestClient {
    constructor(user: string, password: string)
    /** The name in the header. */
    user: string
    digest: DigestState
    hasAuth: boolean
    addAuth(
      url: string,
      options: { method: string; headers: Record<string, string> },
    ): { headers: Record<string, string> }
    computeHash(user: string, realm: string, password: string): string
    hashWithAlgorithm(data: string): string
  }
}

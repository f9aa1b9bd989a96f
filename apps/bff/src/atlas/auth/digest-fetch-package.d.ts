/** What we use of the package, whose own declarations are without types. Not named `digest-fetch.d.ts`: that would stand for our own file. */
declare module "digest-fetch" {
  export interface DigestState {
    scheme: string
    realm: string
    nonce: string
    opaque: string | null
    qop: string | null
    algorithm: string
    cnonce: string
    /** Written into the header padded to eight characters, so a hexadecimal text is as good as a number. */
    nc: number | string
  }

  export default class DigestClient {
    constructor(user: string, password: string)
    /** The name as it is written into the header. */
    user: string
    digest: DigestState
    hasAuth: boolean
    fetch(url: string, options?: RequestInit): Promise<Response>
    addAuth(
      url: string,
      options: { method: string; headers: Record<string, string> },
    ): { headers: Record<string, string> }
    computeHash(user: string, realm: string, password: string): string
    hashWithAlgorithm(data: string): string
  }
}

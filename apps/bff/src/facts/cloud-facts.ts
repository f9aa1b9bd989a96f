import type { KnownFacts, Peering } from "@peering-desk/shared-schemas"

/** Readings of a connection's network through the role of its connected account. Does nothing where none is connected. */
export interface CloudFacts {
  /** Reads while somebody views the connection, where a reading is due and the account has calls left. */
  readViewed: (peering: Peering) => Promise<void>
  readNow: (peering: Peering) => Promise<void>
  findAccount: (peering: Peering) => Promise<KnownFacts["account"]>
}

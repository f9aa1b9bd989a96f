import type { NetworkFacts } from "@peering-desk/shared-schemas"

/** The parsed answer of one command, with its name in a look-up; null for an output that was pasted alone. */
export interface Output {
  name: string | null
  value: unknown
}

/** The outputs that are read together. */
interface Outputs {
  outputs: readonly Output[]
  /** The ids that the script was asked for, by Atlas's names; none for outputs that were pasted alone. */
  asked: Readonly<Record<string, string>>
  /** True for a look-up, whose empty list means that there is nothing. An output pasted alone may be of another network. */
  isLookUp: boolean
  /** AWS: the region that was read, where known. */
  region: string | null
  /** Time of the outputs, ISO 8601. */
  at: string
  /** Name of the role that read them; left out for what was pasted. */
  by?: string
}

/** Reads the networks of one cloud from outputs; none where the outputs are of another cloud. */
export type FactsReader = (outputs: Outputs) => NetworkFacts[]

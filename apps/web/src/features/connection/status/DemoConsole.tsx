import type { Peering } from "@peering-desk/shared-schemas"

/** In the demo, where one can play the owner of the network. */
export function DemoConsole({ peering }: { peering: Peering }) {
  void peering
  return null
}

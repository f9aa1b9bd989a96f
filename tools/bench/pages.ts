import { measureAddressMap } from "./address-map.ts"
import type { Figure } from "./area.ts"
import { measureInventory } from "./inventory.ts"

/** What a person waits for in the browser. */
export async function measurePages(): Promise<Figure[]> {
  return [...(await measureInventory()), ...(await measureAddressMap())]
}

import type { AtlasPeer, Container } from "@peering-desk/shared-schemas"
import { readNameLookup, readPortTry } from "@peering-desk/peering-rules"
import { PasteReading } from "#shared/PasteReading.tsx"

/** Reads what the two tries printed: first the name, then the port. */
export function TryIt({ peer, container }: { peer: AtlasPeer; container: Container | null }) {
  return (
    <>
      <PasteReading
        label="What nslookup or dig printed"
        hint="It is read here in this page and goes nowhere"
        read={(text) => readNameLookup(text, peer.providerName, container?.atlasCidrBlock ?? null)}
      />
      <PasteReading
        label="What nc, telnet or Test-NetConnection printed"
        hint="The port of one host of the cluster"
        read={readPortTry}
      />
    </>
  )
}

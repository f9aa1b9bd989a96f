import type { AtlasPeer, Container } from "@peering-desk/shared-schemas"
import { readNameLookup, readPortTry } from "@peering-desk/peering-rules"
import { PasteReading } from "#shared/PasteReading.tsx"

/** Explains the output of the two tests: first the name, then the port. */
export function TryIt({ peer, container }: { peer: AtlasPeer; container: Container | null }) {
  return (
    <>
      <PasteReading
        label="Output of nslookup or dig"
        hint="Read in this page only, not sent anywhere"
        read={(text) => readNameLookup(text, peer.providerName, container?.atlasCidrBlock ?? null)}
      />
      <PasteReading
        label="Output of nc, telnet or Test-NetConnection"
        hint="Port of one host of the cluster"
        read={readPortTry}
      />
    </>
  )
}

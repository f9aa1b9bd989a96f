import type { AtlasPeer, Container, HandOffView } from "@peering-desk/shared-schemas"
import type { ReactNode } from "react"
import { nameOwnNetwork, networkKinds, toHandOffTurn, toStateWords } from "#copy/hand-off.ts"
import { getLinkShape } from "#shared/link-shape.ts"
import { CloudMark } from "#ui/marks/CloudMark.tsx"
import { LinkGlyph } from "#ui/marks/LinkGlyph.tsx"
import { StateText } from "#ui/marks/StateText.tsx"
import { Timestamp } from "#ui/time/Timestamp.tsx"
import styles from "./hand-off.module.css"

/** The two networks and the state of the link between them. */
export function LinkCard({ view }: { view: HandOffView }) {
  const { peer, container, yourCidr, yourRegion, atlasCidr, providerName } = view
  const { tone, short, strong, more } = toStateWords(view)
  const atlas = toAtlasNetwork(peer, container)
  return (
    <div className={`grid gap-10 edge on-raised ${styles.link}`}>
      <div className={`grid level ${styles.sides}`}>
        <Side
          title={
            <>
              <CloudMark cloud={providerName} /> Your {networkKinds[providerName]}
              {yourRegion !== null && ` · ${yourRegion}`}
            </>
          }
          id={nameOwnNetwork(peer)}
          cidr={yourCidr}
        />
        <div className={`grid gap-8 ${styles.middle}`}>
          <span className={styles.glyph}>
            <LinkGlyph shape={getLinkShape(peer, toHandOffTurn(view) === "gone")} />
          </span>
          <StateText tone={tone}>{short}</StateText>
        </div>
        <Side
          isAtlas
          title={`MongoDB Atlas${atlas.region === null ? "" : ` · ${atlas.region}`}`}
          id={atlas.network}
          cidr={atlasCidr}
        />
      </div>
      <p className={`center ${styles.state}`}>
        <strong>{strong}</strong> {more}
      </p>
      <p className={`quiet small ${styles.quiet}`}>
        {view.status !== null && (
          <>
            Atlas status <code>{view.status}</code>
          </>
        )}
        {view.status !== null && view.checkedAt !== null && " · "}
        {view.checkedAt !== null && (
          <>
            checked <Timestamp at={view.checkedAt} />
          </>
        )}
      </p>
    </div>
  )
}

function Side({
  title,
  id,
  cidr,
  isAtlas = false,
}: {
  title: ReactNode
  id: string | null
  cidr: string | null
  isAtlas?: boolean
}) {
  return (
    <div className={isAtlas ? styles.atlasSide : undefined}>
      <p className={`line gap-6 quiet small ${styles.sideTitle}`}>{title}</p>
      {id !== null && <p className="mono">{id}</p>}
      {cidr !== null && <p className={`mono ${styles.cidr}`}>{cidr}</p>}
    </div>
  )
}

/** Returns Atlas's network by its name in the cloud, and its region. */
function toAtlasNetwork(
  peer: AtlasPeer,
  container: Container | null,
): { network: string | null; region: string | null } {
  if (container?.providerName === "AWS")
    return { network: container.vpcId ?? null, region: container.regionName ?? null }
  if (container?.providerName === "GCP") return { network: container.networkName ?? null, region: null }
  if (container?.providerName === "AZURE")
    return { network: container.vnetName ?? null, region: container.region ?? null }
  return { network: null, region: null }
}

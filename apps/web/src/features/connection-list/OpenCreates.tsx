import type { OpenCreate } from "@peering-desk/shared-schemas"
import { getNetworkName } from "#copy/peerings.ts"
import { Timestamp } from "#ui/time/Timestamp.tsx"
import { Notice } from "#ui/Notice.tsx"
import styles from "./PeeringListPage.module.css"

/** Creates with an unknown outcome, or known to have made nothing. */
export function OpenCreates({ creates }: { creates: readonly OpenCreate[] }) {
  return (
    <ul className={styles.creates} aria-label="Asked for, without a connection yet">
      {creates.map((create) => (
        <li key={create.key}>
          {create.state === "being-checked" ? (
            <Notice
              title={
                <>
                  <code>{getNetworkName(create.request)}</code> is being checked
                </>
              }
            >
              <p>
                It was asked for at <Timestamp at={create.at} /> and Atlas's answer was lost. The server looks
                it up by itself; it need not be asked for again.
              </p>
            </Notice>
          ) : (
            <Notice
              tone="you"
              title={
                <>
                  <code>{getNetworkName(create.request)}</code> was not created
                </>
              }
            >
              <p>
                It was asked for at <Timestamp at={create.at} /> and did not reach Atlas. Sending the same
                form again is safe.
              </p>
            </Notice>
          )}
        </li>
      ))}
    </ul>
  )
}

import { getNetworkName, type OpenCreate } from "@peering-desk/shared-schemas"
import { Notice } from "#ui/Notice.tsx"
import { Timestamp } from "#ui/time/Timestamp.tsx"
import styles from "./ConnectionList.module.css"

/** Creates with an unknown outcome, or known to have made nothing. */
export function OpenCreates({ creates }: { creates: readonly OpenCreate[] }) {
  return (
    <ul className={`grid gap-8 ${styles.creates}`} aria-label="Requests without a connection yet">
      {creates.map(({ key, state, request, at }) => {
        const network = <code>{getNetworkName(request)}</code>
        return (
          <li key={key}>
            {state === "being-checked" ? (
              <Notice title={<>Checking whether {network} was created</>}>
                <p>
                  Requested at <Timestamp at={at} />. Atlas's answer was lost, so we look it up. Don't send it
                  again.
                </p>
              </Notice>
            ) : state === "deleting-first" ? (
              <Notice title={<>{network} will be requested again</>}>
                <p>Atlas is deleting the failed connection. The new request is sent once it is gone.</p>
              </Notice>
            ) : (
              <Notice tone="you" title={<>{network} was not created</>}>
                <p>
                  Requested at <Timestamp at={at} />. The request did not reach Atlas. You can send the same
                  form again.
                </p>
              </Notice>
            )}
          </li>
        )
      })}
    </ul>
  )
}

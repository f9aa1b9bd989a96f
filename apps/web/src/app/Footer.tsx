import { useQuery } from "@tanstack/react-query"
import { installationQuery } from "#api/installation.ts"
import styles from "./Footer.module.css"

/** Names the Atlas of this installation, since a simulated one looks like the real one. */
export function Footer() {
  const { data } = useQuery(installationQuery())
  return (
    <footer className={styles.footer}>
      {data !== undefined && (
        <p>
          {data.realAtlas ? "MongoDB Atlas at " : "Simulated Atlas at "}
          <code>{data.atlasHost}</code>, API {data.atlasApiVersion}
        </p>
      )}
    </footer>
  )
}

import styles from "./dock.module.css"

/** The page behind a share link, as the network's owner sees it: beside the product's page, or above the dock where that is narrow. */
export function OwnerPage({ url }: { url: string }) {
  const { pathname, hash } = new URL(url)
  return <iframe className={styles.beside} title="What the network's owner sees" src={`${pathname}${hash}`} />
}

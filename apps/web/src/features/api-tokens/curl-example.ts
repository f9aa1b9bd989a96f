/** The variable that scripts keep the token in. */
const variable = "PEERING_DESK_TOKEN"

/** Reads the token into the shell without showing it. What is typed at a prompt is in no history. */
export const readTokenCommand = `read -rs ${variable}`

/**
 * Writes a call that lists the connections of a project. The token reaches curl by its standard input: neither the shell's history nor
 * the list of processes shows it. Without a token no address is given either, so nothing is sent.
 */
export function formatCurlExample(origin: string, projectId: string): string {
  return [
    `printf 'url = "%s"\\nheader = "Authorization: Bearer %s"\\n' \\`,
    `'${origin}/api/projects/${projectId}/peerings' "\${${variable}:?Read the token first}" |`,
    "curl --silent --show-error --fail-with-body --config -",
  ].join("\n")
}

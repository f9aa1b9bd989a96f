import type { AtlasClient } from "./atlas-client.ts"

/** Runs a call about a project with the client that it chooses. */
type RunCall = <T>(projectId: string, call: (client: AtlasClient) => Promise<T>) => Promise<T>

/** Builds every call about a project from one function that runs them all. */
export function buildProjectCalls(run: RunCall): Omit<AtlasClient, "listProjects"> {
  return {
    listPeers: (id, providerName) => run(id, (client) => client.listPeers(id, providerName)),
    getPeer: (id, peerId) => run(id, (client) => client.getPeer(id, peerId)),
    createPeer: (id, request) => run(id, (client) => client.createPeer(id, request)),
    changePeer: (id, peerId, fields) => run(id, (client) => client.changePeer(id, peerId, fields)),
    deletePeer: (id, peerId) => run(id, (client) => client.deletePeer(id, peerId)),
    listContainers: (id) => run(id, (client) => client.listContainers(id)),
    createContainer: (id, container) => run(id, (client) => client.createContainer(id, container)),
    deleteContainer: (id, providerName, containerId) =>
      run(id, (client) => client.deleteContainer(id, providerName, containerId)),
    readPrivateIpMode: (id) => run(id, (client) => client.readPrivateIpMode(id)),
    changePrivateIpMode: (id, enabled) => run(id, (client) => client.changePrivateIpMode(id, enabled)),
    listAccessList: (id) => run(id, (client) => client.listAccessList(id)),
    addToAccessList: (id, entry) => run(id, (client) => client.addToAccessList(id, entry)),
    listClusters: (id) => run(id, (client) => client.listClusters(id)),
    readAwsCustomDns: (id) => run(id, (client) => client.readAwsCustomDns(id)),
    changeAwsCustomDns: (id, enabled) => run(id, (client) => client.changeAwsCustomDns(id, enabled)),
    readPeeringLimit: (id) => run(id, (client) => client.readPeeringLimit(id)),
    readAccessListStatus: (id, entry) => run(id, (client) => client.readAccessListStatus(id, entry)),
  }
}

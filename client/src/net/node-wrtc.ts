/** What is used of node-datachannel; handed in, since only tests have it. */
export interface NodeWebRtc {
  readonly PeerConnection: new (
    name: string,
    config: { iceServers: string[]; disableAutoNegotiation: boolean },
  ) => { setLocalDescription(type: string): void }
  readonly RTCPeerConnection: new (config: { peerConnection: object }) => RTCPeerConnection
  readonly RTCSessionDescription: unknown
  readonly RTCIceCandidate: unknown
}

/** The calls that return promises; their elders with callbacks have the same names. */
interface Describing {
  createOffer(): Promise<RTCSessionDescriptionInit>
  createAnswer(): Promise<RTCSessionDescriptionInit>
}

/** WebRTC for simple-peer, and every connection made with it, so that a test can end them or see them ended. */
export interface NodeWrtc {
  readonly wrtc: object
  readonly connections: readonly RTCPeerConnection[]
}

/**
 * Makes node-datachannel 0.33 behave as simple-peer expects of a browser: left alone it negotiates when a data channel
 * is made, also on the side that is to answer; its descriptions cannot be written to; and it takes no channel label but
 * text.
 */
export function createNodeWrtc(platform: NodeWebRtc): NodeWrtc {
  const connections: RTCPeerConnection[] = []

  function connect(): RTCPeerConnection {
    const native = new platform.PeerConnection('', { iceServers: [], disableAutoNegotiation: true })
    const connection = new platform.RTCPeerConnection({ peerConnection: native })
    const createDataChannel = connection.createDataChannel.bind(connection)
    const describing: Describing = connection
    const offer = describing.createOffer.bind(connection)
    const answer = describing.createAnswer.bind(connection)
    connections.push(connection)
    return Object.assign(connection, {
      createDataChannel: (label: string | null, init: RTCDataChannelInit) =>
        createDataChannel(String(label), init),
      async createOffer() {
        native.setLocalDescription('offer')
        return plain(await offer())
      },
      async createAnswer() {
        native.setLocalDescription('answer')
        return plain(await answer())
      },
      // Done above: the library makes a description by setting it.
      setLocalDescription: () => Promise.resolve(),
    })
  }

  const { RTCSessionDescription, RTCIceCandidate } = platform
  // simple-peer calls it with `new`, which a function may answer with a record of its own.
  const RTCPeerConnection = function (): RTCPeerConnection {
    return connect()
  }
  return { wrtc: { RTCPeerConnection, RTCSessionDescription, RTCIceCandidate }, connections }
}

const plain = ({ type, sdp }: RTCSessionDescriptionInit): RTCSessionDescriptionInit => ({
  type,
  ...(sdp !== undefined && { sdp }),
})

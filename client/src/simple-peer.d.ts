/** What we use of simple-peer 9.11, private members included: its own types know neither the build nor those. */
declare module 'simple-peer/simplepeer.min.js' {
  export interface SimplePeerOptions {
    readonly initiator: boolean
    readonly objectMode: boolean
    readonly channelConfig: RTCDataChannelInit
    readonly config: RTCConfiguration
    readonly wrtc?: object
  }

  export default class SimplePeer {
    constructor(options: SimplePeerOptions)
    /** Missing when the platform refused to make a connection; then `close` follows. */
    readonly _pc: RTCPeerConnection | null | undefined
    readonly _channel: RTCDataChannel | null | undefined
    readonly destroyed: boolean
    readonly destroying: boolean
    offerOptions: RTCOfferOptions
    negotiate(): void
    signal(data: object): void
    send(data: Uint8Array): void
    destroy(): void
    on(event: 'signal' | 'data', listener: (value: unknown) => void): this
    on(event: 'iceStateChange', listener: (state: RTCIceConnectionState) => void): this
    on(event: 'error' | 'close', listener: () => void): this
  }
}

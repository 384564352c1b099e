/** A data channel without a network, that does what the test says. */
export interface FakeChannel {
  readonly channel: RTCDataChannel
  readonly sent: readonly Uint8Array[]
  open(): void
  arrive(data: Uint8Array | string): void
  /** The other end closes it. */
  end(): void
  setBuffered(bytes: number): void
}

export function createFakeChannel(): FakeChannel {
  const sent: Uint8Array[] = []
  const state = Object.assign(new EventTarget(), {
    readyState: 'connecting',
    bufferedAmount: 0,
    binaryType: 'blob',
    send: (frame: Uint8Array) => sent.push(frame),
    close: end,
  })

  function end(): void {
    if (state.readyState === 'closed') return
    state.readyState = 'closed'
    state.dispatchEvent(new Event('close'))
  }

  return {
    channel: state as unknown as RTCDataChannel,
    sent,
    open() {
      state.readyState = 'open'
      state.dispatchEvent(new Event('open'))
    },
    arrive(data) {
      const payload = typeof data === 'string' ? data : data.slice().buffer
      state.dispatchEvent(new MessageEvent('message', { data: payload }))
    },
    end,
    setBuffered(bytes) {
      state.bufferedAmount = bytes
    },
  }
}

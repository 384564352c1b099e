import type { BenchPeer } from './bench-peer.ts'
import { comes } from './condition.ts'
import type { Arrival, Arrived, MeshPage } from './mesh-page-types.ts'
import type { Heard, Sent } from './page-types.ts'
import type { WireTap } from './wire-tap.ts'

export interface LateJoin extends Pick<MeshPage, 'arrival' | 'startLive' | 'stopLive'> {
  /** To be called when the page has joined. */
  watch(peer: BenchPeer): void
}

/** A song that flows to a newcomer, and live frames beside it. */
export function createLateJoin(peer: () => BenchPeer, tap: WireTap, heard: Heard[]): LateJoin {
  const sent: Sent[] = []
  let linkedMs: number | undefined
  let pace: ReturnType<typeof setInterval> | undefined

  return {
    watch(joined) {
      const look = (): void => {
        if (joined.connections().size > 0) linkedMs ??= performance.now()
      }
      joined.onLinks(look)
      look()
      joined.onLive((number) => {
        heard.push({ kind: 'live', key: String(number), atMs: performance.now() })
      })
    },
    async arrival({ entries, limitMs }: Arrival): Promise<Arrived> {
      if (linkedMs === undefined) throw new Error('a newcomer must be linked first')
      let wholeMs: number | null = null
      let lastByteMs: number | null = null
      const isWhole = (): boolean => {
        if (peer().entryCount() < entries) return false
        wholeMs ??= performance.now()
        lastByteMs ??= tap.lastHeardMs()
        return true
      }
      await comes(peer().onSong, isWhole, linkedMs + limitMs)
      return { linkedMs, lastByteMs, wholeMs }
    },
    startLive(everyMs) {
      pace = setInterval(() => {
        if (peer().connections().size === 0) return
        sent.push({ kind: 'live', key: String(sent.length), atMs: performance.now() })
        peer().sendLive(sent.length - 1)
      }, everyMs)
    },
    stopLive() {
      clearInterval(pace)
      return sent
    },
  }
}

import type { HostWord, Obedience } from '../obedience.ts'
import type { Seat } from '../room-types.ts'
import type { Word } from './packets.ts'
import type { Remote } from './remotes.ts'

export interface HearingOptions {
  readonly obey: (seat: Seat, word: HostWord) => Obedience | Promise<Obedience>
  /** The socket is gone. */
  readonly lost: (remote: Remote) => void
  /** Nothing is for this one any more. */
  readonly drop: (remote: Remote) => void
  /** Whose seat that is comes back to another instance. */
  readonly leaveGhost: (seat: Seat) => void
}

/** @returns what does as somebody at another instance says */
export function createHearing({
  obey,
  lost,
  drop,
  leaveGhost,
}: HearingOptions): (remote: Remote, word: Word) => void {
  function tellHost({ occupant }: Remote, seat: Seat, word: HostWord): void {
    void Promise.resolve(obey(seat, word)).then((code) => {
      if (code !== undefined) occupant.tell({ type: 'refused', code, detail: word.type })
    })
  }

  return (remote, word) => {
    const { seat } = remote
    if (seat === undefined) return
    switch (word.type) {
      case 'profile':
        seat.setSealed(word.sealed)
        return
      case 'active':
        seat.active(word.by)
        return
      case 'certified':
        seat.certified(word.certificate)
        return
      case 'leave':
        seat.leave()
        drop(remote)
        return
      case 'vacate':
        lost(remote)
        return
      case 'sent-away':
        leaveGhost(seat)
        drop(remote)
        return
      case 'hello':
      case 'signal':
        return
      default:
        tellHost(remote, seat, word)
    }
  }
}

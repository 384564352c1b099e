import type { Clock, Undo } from './clock.ts'

const PING_EVERY_MS = 5_000
/** Two pings without an answer, and a little for the way. */
const SILENT_AFTER_MS = 12_000

/** Keeps asking whether the other side still lives. */
export interface Heartbeat {
  /** Something was heard. */
  readonly heard: () => void
  end: Undo
}

/**
 * @param isListening  silence counts only while we would hear
 * @param onSilent  called once, when nothing was heard for 12 s
 */
export function createHeartbeat(
  clock: Clock,
  ping: () => void,
  isListening: () => boolean,
  onSilent: () => void,
): Heartbeat {
  let heardMs = clock.nowMs()
  let endPing = clock.after(PING_EVERY_MS, beat)
  let endWait = clock.after(SILENT_AFTER_MS, look)

  function beat(): void {
    endPing = clock.after(PING_EVERY_MS, beat)
    ping()
  }

  function look(): void {
    if (!isListening()) heardMs = clock.nowMs()
    const leftMs = heardMs + SILENT_AFTER_MS - clock.nowMs()
    if (leftMs > 0) {
      endWait = clock.after(leftMs, look)
      return
    }
    endPing()
    onSilent()
  }

  return {
    heard() {
      heardMs = clock.nowMs()
    },
    end() {
      endPing()
      endWait()
    },
  }
}

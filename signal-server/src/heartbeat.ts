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
  let pingMs = heardMs + PING_EVERY_MS
  let end = wait()

  /** One timer for both, for there is one of these for each socket. */
  function wait(): Undo {
    const dueMs = Math.min(pingMs, heardMs + SILENT_AFTER_MS)
    return clock.after(Math.max(0, dueMs - clock.nowMs()), beat)
  }

  function beat(): void {
    const nowMs = clock.nowMs()
    if (!isListening()) heardMs = nowMs
    if (nowMs - heardMs >= SILENT_AFTER_MS) {
      onSilent()
      return
    }
    if (nowMs >= pingMs) {
      pingMs = nowMs + PING_EVERY_MS
      ping()
    }
    end = wait()
  }

  return {
    heard() {
      heardMs = clock.nowMs()
    },
    end() {
      end()
    },
  }
}

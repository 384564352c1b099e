import type { Clock, Undo } from './clock.ts'

/** Of the time that silence may last: two pings without an answer, and a little for the way. */
const PING_SHARE = 5 / 12

/** Keeps asking whether the other side still lives. */
export interface Heartbeat {
  /** Something was heard. */
  readonly heard: () => void
  end: Undo
}

/**
 * @param silenceMs  how long silence may last
 * @param isListening  silence counts only while we would hear
 * @param onSilent  called once, when nothing was heard for so long
 */
export function createHeartbeat(
  clock: Clock,
  silenceMs: number,
  ping: () => void,
  isListening: () => boolean,
  onSilent: () => void,
): Heartbeat {
  const pingEveryMs = silenceMs * PING_SHARE
  let heardMs = clock.nowMs()
  let pingMs = heardMs + pingEveryMs
  let end = wait()

  /** One timer for both, for there is one of these for each socket. */
  function wait(): Undo {
    const dueMs = Math.min(pingMs, heardMs + silenceMs)
    return clock.after(Math.max(0, dueMs - clock.nowMs()), beat)
  }

  function beat(): void {
    const nowMs = clock.nowMs()
    if (!isListening()) heardMs = nowMs
    if (nowMs - heardMs >= silenceMs) {
      onSilent()
      return
    }
    if (nowMs >= pingMs) {
      pingMs = nowMs + pingEveryMs
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
